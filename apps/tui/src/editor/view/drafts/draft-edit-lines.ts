import type { FoundDraft } from "../../../changes/drafts/draft.ts";
import { exactTime } from "../../../words/clock-time.ts";
import { formatCount, formatDelta } from "../../../words/format-count.ts";
import { alignRight, wrapText } from "../../../text/cut.ts";
import { describeCounter } from "../../model/counter-grid.ts";
import { editedCounters, editedValue } from "../../model/edit.ts";
import type { EditorState } from "../../model/editor-state.ts";
import { editsBack } from "../../model/found-drafts.ts";
import { narrow } from "../../model/layout.ts";
import type { Glyphs } from "../glyphs.ts";
import { dim, line, type Line } from "../line.ts";

/** The edits that a draft comes back with: old, new, and by how much; with when it was saved. */
export function draftEditLines(
  state: EditorState,
  found: FoundDraft,
  glyphs: Glyphs,
  width: number,
): readonly Line[] {
  const { app } = found.draft;
  const edits = editsBack(state, found);
  const rows = editedCounters(edits).flatMap((name): readonly Line[] => {
    const edit = edits[name];
    if (edit === undefined) return [];
    const base = app.installSummary[name];
    const value = editedValue(base, edit);
    const { label } = describeCounter(name);
    const delta = typeof edit === "number" ? formatDelta(value - base) : `by ${formatDelta(edit.add)}`;
    if (width < narrow) {
      const text = `${label} ${formatCount(base)} ${glyphs.to} ${formatCount(value)} (${delta})`;
      return wrapText(text, width - 4).map((row) => line(`   ${row}`));
    }
    return [
      line(
        `   ${label.padEnd(24)}`,
        dim(`${alignRight(formatCount(base), 13)} ${glyphs.to} `),
        alignRight(formatCount(value), 13),
        dim(alignRight(delta, 18)),
      ),
    ];
  });
  const saved = line(dim(`   Saved at ${exactTime(found.savedAt, state.now)}.`));
  return width < narrow ? rows : [...rows, saved];
}
