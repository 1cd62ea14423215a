import type { Failure } from "../../server/failure.ts";

const lookedUp = "The change log has another change in its place, so it was not applied.";
const ended = "The editor ended before a response came.";

/** What a log has said of a change: as with the 412 of a server that has looked it up, it was certainly not applied. */
export const notInLog: Failure = {
  kind: "response",
  class: "refused",
  status: 412,
  retryAfter: undefined,
  notApplied: true,
  message: lookedUp,
  sentence: lookedUp,
  requestId: undefined,
};

/** Why it is not known what became of a change that an ended editor has sent. */
export const noResponseBefore: Failure = {
  kind: "noResponse",
  class: "unknown",
  status: undefined,
  retryAfter: undefined,
  message: ended,
  sentence: ended,
  requestId: undefined,
};
