import { requireMembers } from "../text/require-members.ts";
import { isOneVersion, matchesETag } from "../http/etag.ts";
import type { InstallSummary, InstallSummaryPatch } from "../resource/install-summary.ts";
import { counterNames } from "../resource/counters.ts";
import { requirePatch, requireSummary } from "../resource/require-summary.ts";

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
 * - `overtaken`: its values are not there, and the version is gone, or is another one of the same number. It may have been
 *   applied and changed again since.
 */
export type ChangeOutcome = "applied" | "notApplied" | "overtaken";

/**
 * Judges from the summary that is there now what became of a change. Values are absolute, so values that are there are
 * enough. An ETag alone does not tell a store that was made anew and counts from 1 again: where the base is known, the
 * version that guards the change must have its values too. Without ETags the values of the base take the place of the
 * version; without a base too, values that are not there count as `notApplied`, although others may have changed them
 * since. Throws `GraphError` 400 for a malformed ETag, and `TypeError` for anything but a patch and whole summaries.
 */
export function judgeOutcome(sent: SentPatch, current: ReadSummary): ChangeOutcome {
  requireMembers("sent of judgeOutcome", sent);
  requireMembers("current of judgeOutcome", current);
  const { etag, base } = sent;
  const { summary } = current;
  requireSummary("current.summary of judgeOutcome", summary);
  const patch = requirePatch("sent.patch of judgeOutcome", sent.patch, summary.id);
  if (base !== undefined) requireSummary("sent.base of judgeOutcome", base, summary.id);
  if (counterNames.every((name) => (patch[name] ?? summary[name]) === summary[name])) return "applied";
  const moved = counterNames.filter((name) => base !== undefined && base[name] !== summary[name]);
  if (etag !== undefined && current.etag !== undefined) {
    const isAnother = isOneVersion(etag) && moved.length > 0;
    return matchesETag(etag, current.etag) && !isAnother ? "notApplied" : "overtaken";
  }
  if (base === undefined) return etag === undefined ? "notApplied" : "overtaken";
  return moved.some((name) => patch[name] !== undefined) ? "overtaken" : "notApplied";
}
