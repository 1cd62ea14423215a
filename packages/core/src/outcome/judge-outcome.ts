import { requireMembers } from "../text/require-members.ts";
import { matchesETag } from "../http/etag.ts";
import { applyPatch } from "../patch/decide-patch.ts";
import type { InstallSummary, InstallSummaryPatch } from "../resource/install-summary.ts";
import { counterNames } from "../resource/counters.ts";

/** A summary with the ETag of its version, where the host has ETags. */
export interface ReadSummary {
  readonly summary: InstallSummary;
  readonly etag: string | undefined;
}

/** A change that was sent, with what is known about the version that it was made on. */
export interface SentPatch {
  readonly patch: InstallSummaryPatch;
  /** The `If-Match` header that guards it; undefined where the last writer wins. */
  readonly etag?: string | undefined;
  /** The summary that it was made on. */
  readonly base?: InstallSummary | undefined;
}

/**
 * What reading found of a change that no response confirmed.
 *
 * - `applied`: its values are there.
 * - `notApplied`: its values are not there, and the version that guards it is still the current one. It may still arrive.
 *   Sent again under the same guard, it counts at most once.
 * - `overtaken`: its values are not there, and the version is gone. It may have been applied and changed again since. It
 *   can no longer be applied.
 */
export type ChangeOutcome = "applied" | "notApplied" | "overtaken";

/**
 * Judges from the summary that is there now what became of a change. Values are absolute, so values that are there are
 * enough. Without ETags the values of the base take the place of the version; without a base too, values that are not
 * there count as `notApplied`, although others may have changed them since. Throws `GraphError` 400 for a malformed ETag,
 * and `TypeError` for anything but a patch and a whole summary.
 */
export function judgeOutcome(sent: SentPatch, current: ReadSummary): ChangeOutcome {
  requireMembers("sent of judgeOutcome", sent);
  requireMembers("current of judgeOutcome", current);
  const { patch, etag, base } = sent;
  if (applyPatch(current.summary, patch) === current.summary) return "applied";
  if (etag !== undefined && current.etag !== undefined) {
    return matchesETag(etag, current.etag) ? "notApplied" : "overtaken";
  }
  if (base === undefined) return etag === undefined ? "notApplied" : "overtaken";
  const isUntouched = counterNames.every(
    (name) => patch[name] === undefined || current.summary[name] === base[name],
  );
  return isUntouched ? "notApplied" : "overtaken";
}
