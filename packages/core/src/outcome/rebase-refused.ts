import type { InstallSummaryEdit } from "../patch/edit.ts";
import { rebase, type RebasedEdit } from "../patch/rebase.ts";
import type { InstallSummary, InstallSummaryPatch } from "../resource/install-summary.ts";
import { requirePatch, requireSummary } from "../resource/require-summary.ts";
import { notFit, requireMembers } from "../text/require-members.ts";
import type { FailureFacts } from "./classify-failure.ts";
import { judgeOutcome } from "./judge-outcome.ts";

/** An edit that a server has refused with 412. */
export interface RefusedEdit {
  /** What the edit was made on. */
  readonly base: InstallSummary;
  readonly edit: InstallSummaryEdit;
  /** The absolute values as which it was sent. */
  readonly patch: InstallSummaryPatch;
  /** The facts about the refusal. */
  readonly failure: Pick<FailureFacts, "notApplied">;
}

/**
 * Carries an edit that was refused with 412 onto what was read after that. An empty patch without conflicts means that
 * nothing is left to send.
 *
 * A 412 promises that the change was not applied. A gateway that sends a request twice breaks the promise: the first one
 * is applied, and the caller sees the 412 of the second.
 *
 * - The server has looked it up (`notApplied`): the edit was certainly not applied. It is rebased, so an amount is added
 *   also where someone else has made the same of the counter.
 * - Otherwise, where the values that were sent are there, they are taken as they are: they may be this very change, and
 *   an amount would count twice. That they may be someone else's stays open, so no more may be claimed than that they
 *   are there.
 * - Otherwise the edit is rebased as well. What remains is a request that was doubled and whose values someone else has
 *   changed before they were read. No client can tell that from an ordinary 412, which is a thousand times as frequent,
 *   so the promise of RFC 9110 §15.5.13 is kept to.
 *
 * Throws like `rebase`.
 */
export function rebaseRefused(refused: RefusedEdit, current: InstallSummary): RebasedEdit {
  requireMembers("refused of rebaseRefused", refused);
  const { base, edit, patch, failure } = refused;
  // A `GraphError` has the fact too.
  if (typeof failure !== "object" || failure === null) {
    throw notFit("refused.failure of rebaseRefused", failure, "an object");
  }
  requireSummary("refused.base of rebaseRefused", base);
  requireSummary("current of rebaseRefused", current, base.id);
  requirePatch("refused.patch of rebaseRefused", patch, base.id);
  const rebased = rebase(base, edit, current);
  if (failure.notApplied === true) return rebased;
  const isThere = judgeOutcome({ patch }, { summary: current, etag: undefined }) === "applied";
  return isThere ? { patch: {}, conflicts: [] } : rebased;
}
