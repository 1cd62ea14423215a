import type { ExpectedError, PairAnswer, PairAnswerHead } from "../../format/golden-pair.ts";
import { summary } from "./representations.ts";
import { countersIn, type StateName } from "./states.ts";

/** 200 with the summary in a state that an earlier pair made, under the ETag that was captured then. */
export function current(state: StateName): PairAnswer {
  return { status: 200, headers: { etag: `{etag:${state}}` }, body: summary(countersIn(state)) };
}

/** 200 with the summary in a new state, under an ETag that no earlier state had. */
export function changed(state: StateName): PairAnswer {
  return { status: 200, headers: { etag: `{new etag:${state}}` }, body: summary(countersIn(state)) };
}

/** 304 under the ETag of a state. */
export function notModified(state: StateName): PairAnswer {
  return { status: 304, headers: { etag: `{etag:${state}}` } };
}

/** 204 with the preference that led to it. */
export const withoutBody: PairAnswer = {
  status: 204,
  headers: { "preference-applied": "return=minimal" },
};

/** An error of the contract. */
export function refused(
  status: number,
  code: string,
  rest: Omit<ExpectedError, "code"> = {},
): PairAnswerHead & { readonly error: ExpectedError } {
  return { status, error: { code, ...rest } };
}

export const badRequest: PairAnswer = refused(400, "BadRequest");
export const noToken: PairAnswer = refused(401, "InvalidAuthenticationToken");
export const forbidden: PairAnswer = refused(403, "Forbidden");
export const notFound: PairAnswer = refused(404, "ResourceNotFound");
export const wrongMediaType: PairAnswer = refused(415, "UnsupportedMediaType");
export const malformedETag: PairAnswer = refused(400, "BadRequest", { innerCode: "malformedEntityTag" });
export const invalidQuery: PairAnswer = refused(400, "BadRequest", { innerCode: "invalidQueryOption" });

/** The 400 for one property of a body. */
export function invalid(target: string): PairAnswer {
  return refused(400, "ModelValidationFailure", { target });
}

/** The 405 with the methods that there are. */
export function notAllowed(allow: string): PairAnswer {
  return { ...refused(405, "MethodNotAllowed"), headers: { allow } };
}

/** The 412 with the ETag that would have matched. */
export function modified(state: StateName): PairAnswer {
  const error = refused(412, "PreconditionFailed", { innerCode: "resourceModified" });
  return { ...error, headers: { etag: `{etag:${state}}` } };
}
