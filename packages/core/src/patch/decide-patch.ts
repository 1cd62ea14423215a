import { formatETag, matchesETag } from "../http/etag.ts";
import { graphError, isGraphError, type GraphError } from "../http/graph-error.ts";
import { counterNames, type CounterName } from "../resource/counters.ts";
import { makeSummary, type InstallSummary, type InstallSummaryPatch } from "../resource/install-summary.ts";
import { requirePatch, requireSummary } from "../resource/require-summary.ts";
import { requireMembers, requireNames } from "../text/require-members.ts";

/** A summary with the number of its version: +1 on each change that alters it. */
export interface VersionedSummary {
  readonly summary: InstallSummary;
  readonly version: number;
}

/** A summary with its ETag, for a store that does not count versions or does not show them. */
export interface SummaryWithETag {
  readonly summary: InstallSummary;
  readonly etag: string;
}

/** The conditional headers of a PATCH, as they were sent. */
export interface Preconditions {
  readonly ifMatch?: string | undefined;
  readonly ifNoneMatch?: string | undefined;
}

/** The result of a PATCH on a summary with a version: `version` is the next one. */
export type PatchDecision =
  | { readonly kind: "changed"; readonly summary: InstallSummary; readonly version: number }
  | UnchangedOrRefused;

/** The result of a PATCH on a summary with an ETag: the store makes the next ETag. */
export type ETagPatchDecision =
  | { readonly kind: "changed"; readonly summary: InstallSummary }
  | UnchangedOrRefused;

type UnchangedOrRefused =
  | { readonly kind: "unchanged" }
  | { readonly kind: "refused"; readonly error: GraphError };

/**
 * Decides a PATCH: checks its preconditions against the current version or ETag, then applies it. Pure: a store runs
 * it inside its transaction. Throws `TypeError` for anything but a whole summary, a patch and an object of
 * preconditions, and `RangeError` for a version that is not a whole number. Source: RFC 9110 §13.
 */
export function decidePatch(
  current: VersionedSummary,
  patch: InstallSummaryPatch,
  preconditions?: Preconditions,
): PatchDecision;
export function decidePatch(
  current: SummaryWithETag,
  patch: InstallSummaryPatch,
  preconditions?: Preconditions,
): ETagPatchDecision;
export function decidePatch(
  current: VersionedSummary | SummaryWithETag,
  patch: InstallSummaryPatch,
  preconditions: Preconditions = {},
): PatchDecision | ETagPatchDecision {
  requireMembers("current of decidePatch", current);
  requireNames("preconditions of decidePatch", preconditions, ["ifMatch", "ifNoneMatch"]);
  requireSummary("current.summary of decidePatch", current.summary);
  const counters = requirePatch("patch of decidePatch", patch, current.summary.id);
  const etag = "version" in current ? formatETag(current.version) : current.etag;
  const error = checkPreconditions(etag, preconditions);
  if (error !== undefined) return { kind: "refused", error };
  const summary = patched(current.summary, counters);
  if (summary === current.summary) return { kind: "unchanged" };
  return "version" in current
    ? { kind: "changed", summary, version: current.version + 1 }
    : { kind: "changed", summary };
}

/**
 * The summary after a patch; the same object when nothing changes. Absent counters keep their value. Throws `TypeError` for
 * anything but a whole summary and a patch; `parsePatch` makes one of a value from outside, and says all that is wrong with it.
 */
export function applyPatch(summary: InstallSummary, patch: InstallSummaryPatch): InstallSummary {
  requireSummary("summary of applyPatch", summary);
  return patched(summary, requirePatch("patch of applyPatch", patch, summary.id));
}

/**
 * The smallest patch that turns `from` into `to`: the counters whose values differ. Throws `TypeError` for anything but
 * two whole summaries of one app.
 */
export function diff(from: InstallSummary, to: InstallSummary): InstallSummaryPatch {
  requireSummary("from of diff", from);
  requireSummary("to of diff", to, from.id);
  const patch: { [Name in CounterName]?: number } = {};
  for (const name of counterNames) {
    // Zero is added so that -0 becomes 0.
    if (from[name] !== to[name]) patch[name] = to[name] + 0;
  }
  return patch;
}

/** `applyPatch` for a summary that is known to be whole, and a patch. */
function patched(summary: InstallSummary, patch: InstallSummaryPatch): InstallSummary {
  const changed = counterNames.some((name) => (patch[name] ?? summary[name]) !== summary[name]);
  if (!changed) return summary;
  return makeSummary(summary.id, (name) => patch[name] ?? summary[name]);
}

function checkPreconditions(etag: string, preconditions: Preconditions): GraphError | undefined {
  // In JavaScript an absent header may be null, as `Headers.get` gives it.
  const ifMatch = preconditions.ifMatch ?? undefined;
  const ifNoneMatch = preconditions.ifNoneMatch ?? undefined;
  if (ifMatch === undefined && ifNoneMatch === undefined) return undefined;
  try {
    // Both headers are parsed before either is judged: a malformed header is reported first.
    const isMatch = ifMatch === undefined || matchesETag(ifMatch, etag);
    const isNoneMatch = ifNoneMatch === undefined || !matchesETag(ifNoneMatch, etag);
    return isMatch && isNoneMatch ? undefined : resourceModified(etag);
  } catch (error) {
    if (isGraphError(error)) return error;
    throw error;
  }
}

function resourceModified(etag: string): GraphError {
  const message = `The resource has changed since it was read. Its current ETag is ${etag}.`;
  return graphError("PreconditionFailed", message, { innerCode: "resourceModified" });
}
