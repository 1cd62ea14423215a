import type { ImportResult } from "../server/send-report.ts";
import { commandText, type CommandPlace } from "../words/command-text.ts";
import { formatCount } from "../words/format-count.ts";

/**
 * Says how many changes of the preview that was confirmed the import did not have to make any more, in a sentence; none where it
 * has made all of them. Its own counts leave them out, also where this very import has made them: something on the way may
 * send a request twice, and give the second response.
 */
export function madeMeanwhile(
  preview: ImportResult,
  result: ImportResult,
  place: CommandPlace,
): readonly string[] {
  const shown = preview.created + preview.changed;
  const notMade = shown - result.created - result.changed;
  // What was rejected since is counted as that.
  const made = Math.min(notMade, result.unchanged - preview.unchanged);
  if (made <= 0) return [];
  const count = `${formatCount(made)} of ${shown === 1 ? "1 change" : `${formatCount(shown)} changes`}`;
  const there = `${made === 1 ? "was" : "were"} there already, by another change, or by this import, sent twice on the way`;
  return [`${count} in the preview ${there}: ${commandText(place, "history")} shows which.`];
}
