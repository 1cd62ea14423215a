import type { InstallSummaryPatch } from "../../resource/install-summary.ts";
import type {
  ExpectedError,
  GoldenPair,
  PairAnswer,
  PairAnswerHead,
  PairRequest,
} from "../format/golden-pair.ts";
import { summary } from "./body-parts.ts";

/** A pair that gets its number where all pairs stand. */
export type UnnumberedPair = Omit<GoldenPair, "number">;

export const apps = "/deviceAppManagement/mobileApps";
export const unknownApp: string = `${apps}/00000000-0000-4000-8000-00000badc0de/installSummary`;
export const path: string = `${apps}/{appId}/installSummary`;
export const json = { "content-type": "application/json" };

export function pair(
  name: string,
  request: PairRequest,
  expected: PairAnswer,
  { feature = "core", identity = "writer" }: Partial<Pick<GoldenPair, "feature" | "identity">> = {},
): UnnumberedPair {
  return { name, feature, identity, request, expected };
}

export function get(resource: string, headers: PairRequest["headers"] = {}): PairRequest {
  return { method: "GET", path: resource, headers };
}

export function patch(body: string, headers: PairRequest["headers"] = {}): PairRequest {
  return { method: "PATCH", path, headers: { ...json, ...headers }, body };
}

/** The answer that is the summary, with what differs from the example, under an ETag that was captured. */
export function answered(etag: string, counters: InstallSummaryPatch = {}): PairAnswer {
  return { status: 200, headers: { etag: `{etag:${etag}}` }, body: summary(counters) };
}

/** The same under an ETag that no state had before. */
export function changed(etag: string, counters: InstallSummaryPatch = {}): PairAnswer {
  return { status: 200, headers: { etag: `{new etag:${etag}}` }, body: summary(counters) };
}

export function refused(
  status: number,
  code: string,
  rest: Omit<ExpectedError, "code"> = {},
): PairAnswerHead & { readonly error: ExpectedError } {
  return { status, error: { code, ...rest } };
}

/** The 400 for a query that the contract does not have. */
export function invalidQuery(): PairAnswer {
  return refused(400, "BadRequest", { innerCode: "invalidQueryOption" });
}

/** The 405 that says which methods there are. */
export function notAllowed(allow: string): PairAnswer {
  return { ...refused(405, "MethodNotAllowed"), headers: { allow } };
}

/** The 400 for one property. */
export function invalid(target: string): PairAnswer {
  return refused(400, "ModelValidationFailure", { target });
}

/** The 412 that says which ETag would have done. */
export function modified(etag: string): PairAnswer {
  const error = refused(412, "PreconditionFailed", { innerCode: "resourceModified" });
  return { ...error, headers: { etag: `{etag:${etag}}` } };
}
