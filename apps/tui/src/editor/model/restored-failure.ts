import type { Failure } from "../../server/failure.ts";

/** Why it is not known what became of a change that an ended editor has sent. */
export const noResponseBefore: Failure = {
  kind: "noResponse",
  class: "unknown",
  status: undefined,
  retryAfter: undefined,
  message: "The editor ended before a response came.",
  sentence: "The editor ended before a response came.",
  requestId: undefined,
};
