import type { ListedChange } from "@install-summary/core/client";
import { wrapText } from "../../../text/cut.ts";
import type { Glyphs } from "../glyphs.ts";
import { dim, line, type Line } from "../line.ts";
import { outsideText } from "../outside-text.ts";

/** One change on a screen of its own, with all its rows; those that do not fit are counted. */
export function wholeChange(
  own: readonly Line[],
  change: ListedChange,
  glyphs: Glyphs,
  width: number,
  room: number,
): readonly Line[] {
  const rows = [...own, ...detailLines(change, glyphs, width)];
  if (rows.length <= room) return rows;
  const shown = rows.slice(0, Math.max(0, room - 1));
  return [...shown, line(dim(`   and ${rows.length - shown.length} more: make the window higher`))];
}

/** What else is known of a change that is shown whole. */
export function detailLines(change: ListedChange, glyphs: Glyphs, width: number): readonly Line[] {
  const text = `request-id ${outsideText(change.requestId, glyphs)} at ${change.changedAt}`;
  return wrapText(text, width - 2).map((row) => line(dim(` ${row}`)));
}
