import type { FoundDraft } from "../../../changes/drafts/draft.ts";
import { exactTime } from "../../../words/clock-time.ts";
import { formatCount, formatDelta } from "../../../words/format-count.ts";
import { alignRight, wrapText } from "../../../text/cut.ts";
import { describeCounter } from "../../model/counter-grid.ts";
import { editedCounters, editedValue } from "../../model/edit.ts";
import type { EditorState } from "../../model/editor-state.ts";
import { contestedIn, editsBack, latestOf } from "../../model/found-drafts.ts";
import { narrow } from "../../model/layout.ts";
import type { Glyphs } from "../glyphs.ts";
import { dim, line, wrong, type Line } from "../line.ts";

/**
 * The edits that a draft comes back with, each with its rows: old, new, and by how much; then when it was saved. What others
 * have changed too has the value that it was typed against, and what it was changed to.
 */
export function draftEditRows(
  state: EditorState,
  found: FoundDraft,
  glyphs: Glyphs,
  width: number,
): readonly (readonly Line[])[] {
  const { app } = found.draft;
  const edits = editsBack(state, found);
  const contested = contestedIn(state, found);
  const theirs = latestOf(state, app.id)?.app ?? app;
  const all = editedCounters(edits).flatMap((name): readonly (readonly Line[])[] => {
    const edit = edits[name];
    if (edit === undefined) return [];
    const typedOn = contested[name];
    const base = typedOn ?? app.installSummary[name];
    const mark = typedOn === undefined ? "   " : line(" ", wrong(glyphs.differs), " ");
    const changed =
      typedOn === undefined
        ? []
        : [line(dim(`   changed to ${formatCount(theirs.installSummary[name])} meanwhile`))];
    const value = editedValue(base, edit);
    const { label } = describeCounter(name);
    const delta = typeof edit === "number" ? formatDelta(value - base) : `by ${formatDelta(edit.add)}`;
    if (width < narrow) {
      const text = `${label} ${formatCount(base)} ${glyphs.to} ${formatCount(value)} (${delta})`;
      const rows = wrapText(text, width - 4).map((row, index) => line(index === 0 ? mark : "   ", row));
      return [[...rows, ...changed]];
    }
    const row = line(
      mark,
      label.padEnd(24),
      dim(`${alignRight(formatCount(base), 13)} ${glyphs.to} `),
      alignRight(formatCount(value), 13),
      dim(alignRight(delta, 18)),
    );
    return [[row, ...changed]];
  });
  const saved = line(dim(`   Saved at ${exactTime(found.savedAt, state.now)}.`));
  return width < narrow ? all : [...all, [saved]];
}
