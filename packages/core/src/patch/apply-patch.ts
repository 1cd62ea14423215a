import { counterNames, type CounterName } from "../resource/counters.ts";
import { createSummary, type InstallSummary, type InstallSummaryPatch } from "../resource/install-summary.ts";
import { requireSummary } from "../resource/require-summary.ts";

/**
 * The summary after a patch; the same object when nothing changes. Absent counters keep their value. The values of the
 * patch are not checked: parse a patch from outside with `parsePatch` first. Throws `TypeError` for anything but a whole
 * summary.
 */
export function applyPatch(summary: InstallSummary, patch: InstallSummaryPatch): InstallSummary {
  requireSummary("summary of applyPatch", summary);
  return patched(summary, patch);
}

/** `applyPatch` for a summary that is known to be whole. */
export function patched(summary: InstallSummary, patch: InstallSummaryPatch): InstallSummary {
  const changed = counterNames.some((name) => (patch[name] ?? summary[name]) !== summary[name]);
  if (!changed) return summary;
  return createSummary(summary.id, (name) => patch[name] ?? summary[name]);
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
    if (from[name] !== to[name]) patch[name] = to[name];
  }
  return patch;
}
