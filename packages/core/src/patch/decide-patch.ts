import { formatETag, matchesETag } from "../http/etag.ts";
import { graphError, isGraphError, type GraphError } from "../http/graph-error.ts";
import type { InstallSummary, InstallSummaryPatch } from "../resource/install-summary.ts";
import { applyPatch } from "./patch.ts";

/** A summary with the number of its version: +1 on each change that alters it. */
export interface VersionedSummary {
  readonly summary: InstallSummary;
  readonly version: number;
}

/** The conditional headers of a PATCH, as they were sent. */
export interface Preconditions {
  readonly ifMatch?: string | undefined;
  readonly ifNoneMatch?: string | undefined;
}

/** What a PATCH comes to. */
export type PatchDecision =
  | { readonly kind: "changed"; readonly summary: InstallSummary; readonly version: number }
  | { readonly kind: "unchanged" }
  | { readonly kind: "refused"; readonly error: GraphError };

/**
 * Decides a PATCH: checks its preconditions against the current version, applies it, and says what becomes of
 * the summary. Pure: a store runs it inside its transaction. Source: RFC 9110 §13.
 */
export function decidePatch(
  current: VersionedSummary,
  patch: InstallSummaryPatch,
  preconditions: Preconditions = {},
): PatchDecision {
  const error = checkPreconditions(formatETag(current.version), preconditions);
  if (error !== undefined) return { kind: "refused", error };
  const summary = applyPatch(current.summary, patch);
  if (summary === current.summary) return { kind: "unchanged" };
  return { kind: "changed", summary, version: current.version + 1 };
}

function checkPreconditions(etag: string, { ifMatch, ifNoneMatch }: Preconditions): GraphError | undefined {
  try {
    // Both are read before one is judged: a malformed header is told first.
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
