import { applyPatch, diff, formatETag } from "@install-summary/core";
import { parseETagVersion } from "@install-summary/core/text";
import type { SentChange } from "./send-change.ts";

/**
 * The version that a change made, and no other: where no response acknowledged it, it is the next one after the version that
 * guarded it, as a facade counts them, if its log or its word on the repeated request tells that it was made. Undefined where
 * that is not known. What the response itself has named is certain.
 */
export function madeETag(sent: SentChange): string | undefined {
  if (sent.confirmedETag !== undefined) return sent.confirmedETag;
  if (sent.foundBy === "values") return undefined;
  if (sent.foundBy === undefined && sent.repeated !== true)
    return hasOtherValues(sent) ? undefined : sent.etag;
  const guard = parseETagVersion(sent.on.etag);
  return guard === undefined ? undefined : formatETag(guard + 1);
}

/**
 * Whether someone else has changed the app since: it has other values than the change gave it, or another version than the
 * one that the change made, as where others have changed it back.
 */
export function isChangedSince(sent: SentChange): boolean {
  const made = parseETagVersion(madeETag(sent));
  const now = parseETagVersion(sent.etag);
  return hasOtherValues(sent) || (made !== undefined && now !== undefined && made !== now);
}

function hasOtherValues({ on, patch, summary }: SentChange): boolean {
  return Object.keys(diff(applyPatch(on.installSummary, patch), summary)).length > 0;
}
