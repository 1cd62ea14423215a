import type { ExpectedError, PairResponse, PairResponseHead } from "../../format/golden-pair.ts";
import { summary } from "./representations.ts";
import { countersIn, type StateName } from "./states.ts";

/** 200 with the summary in a state that an earlier pair made, under the ETag that was captured then. */
export function current(state: StateName): PairResponse {
  return { status: 200, headers: { etag: `{etag:${state}}` }, body: summary(countersIn(state)) };
}

/** 200 with the summary in a new state, under an ETag that no earlier state had. */
export function changed(state: StateName): PairResponse {
  return { status: 200, headers: { etag: `{new etag:${state}}` }, body: summary(countersIn(state)) };
}

/** 304 under the ETag of a state. */
export function notModified(state: StateName): PairResponse {
  return { status: 304, headers: { etag: `{etag:${state}}` } };
}

/** 204 with the preference that led to it. */
export const withoutBody: PairResponse = {
  status: 204,
  headers: { "preference-applied": "return=minimal" },
};

/** An error of the contract. */
export function refused(
  status: number,
  code: string,
  rest: Omit<ExpectedError, "code"> = {},
): PairResponseHead & { readonly error: ExpectedError } {
  return { status, error: { code, ...rest } };
}

export const badRequest: PairResponse = refused(400, "BadRequest");
export const noToken: PairResponse = refused(401, "InvalidAuthenticationToken");
export const forbidden: PairResponse = refused(403, "Forbidden");
export const notFound: PairResponse = refused(404, "ResourceNotFound");
export const wrongMediaType: PairResponse = refused(415, "UnsupportedMediaType");
export const malformedETag: PairResponse = refused(400, "BadRequest", { innerCode: "malformedEntityTag" });
export const invalidQuery: PairResponse = refused(400, "BadRequest", { innerCode: "invalidQueryOption" });

/** The 400 for one property of a body. */
export function invalid(target: string): PairResponse {
  return refused(400, "ModelValidationFailure", { target });
}

/** The 405 with the methods that there are. */
export function notAllowed(allow: string): PairResponse {
  return { ...refused(405, "MethodNotAllowed"), headers: { allow } };
}

/** The 412 with the ETag that would have matched. */
export function modified(state: StateName): PairResponse {
  const error = refused(412, "PreconditionFailed", { innerCode: "resourceModified" });
  return { ...error, headers: { etag: `{etag:${state}}` } };
}
