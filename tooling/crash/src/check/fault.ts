/**
 * Which promise a fault breaks.
 *
 * - `lost`: an acknowledged change is missing in the log.
 * - `unsent`: the log holds a change that was not sent, was refused, or is there twice.
 * - `log`: versions, counters and summary of an app do not fit together.
 * - `response`: a response shows what was not so.
 * - `order`: something is older than what was known before it began.
 * - `status`: a response has a status that no disturbance explains: a 500, a 400, a 401.
 * - `feed`: a reader by cursor missed a change, got it twice, or in another order.
 */
export type Rule = "lost" | "unsent" | "log" | "response" | "order" | "status" | "feed";

/** A sentence about what is wrong. */
export interface Fault {
  readonly rule: Rule;
  readonly text: string;
}
