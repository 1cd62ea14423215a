import type { CounterName, InstallSummaryEdit } from "@install-summary/core";
import { formatCount, formatDelta } from "../../../words/format-count.ts";
import { roomy } from "../../model/layout.ts";
import { describeCounter } from "../../model/counter-grid.ts";
import { editedCounters, editedValue } from "../../model/edit.ts";
import type { EditorState } from "../../model/editor-state.ts";
import { parseEntry } from "../../model/entry.ts";
import type { Glyphs } from "../glyphs.ts";
import { cutWords, wrapText } from "../../../text/cut.ts";
import { dim, line, wrong } from "../line.ts";
import { isUnfinished } from "./counter-cell.ts";
import type { Weighted } from "../weighted.ts";
import { widthOf } from "../../../text/width.ts";
import type { KnownApp } from "../../../words/known-app.ts";

/** The counter under the cursor in words: why an entry is refused, what is staged there, or what it counts. */
export function explanationLines(
  state: EditorState,
  app: KnownApp,
  edits: InstallSummaryEdit,
  glyphs: Glyphs,
  width: number,
  height: number,
): readonly Weighted[] {
  const counter = explainedCounter(state, edits);
  if (counter === undefined) return [];
  const base = app.installSummary[counter];
  const { label, description } = describeCounter(counter);
  const entry = state.screen.name === "entry" ? parseEntry(state.screen.text, base) : undefined;
  if (entry?.kind === "refused" && state.screen.name === "entry") {
    const isWrong = !isUnfinished(state.screen.text);
    const text = isWrong ? `${glyphs.wrong} ${entry.reason}` : entry.reason;
    const lines = wrapText(text, width - 2).slice(0, height < roomy ? 1 : 2);
    return lines.map((row) => ({ weight: 7, line: line(isWrong ? wrong(` ${row}`) : dim(` ${row}`)) }));
  }
  const edit = entry?.kind === "edit" ? entry.edit : edits[counter];
  if (edit === undefined) {
    const isShort = height < roomy;
    const lines = isShort
      ? [cutWords(description, width - 2, glyphs.ellipsis)]
      : wrapText(description, width - 2);
    return lines.map((text) => ({ weight: 7, line: line(dim(` ${text}`)) }));
  }
  const value = editedValue(base, edit);
  const change = `${label.toLowerCase()} ${formatCount(base)} ${glyphs.to} ${formatCount(value)}`;
  const by = typeof edit === "number" ? formatDelta(value - base) : `by ${formatDelta(edit.add)}`;
  const words = `${change} (${by})`;
  // The difference can be seen from the numbers: where all does not fit, it goes.
  const shown = widthOf(words) < width ? words : change;
  return wrapText(shown, width - 1).map((text) => ({ weight: 7, line: line(` ${text}`) }));
}

function explainedCounter(
  { screen, counter }: EditorState,
  edits: InstallSummaryEdit,
): CounterName | undefined {
  const isHere = screen.name === "counters" || screen.name === "entry";
  return isHere || edits[counter] !== undefined ? counter : editedCounters(edits)[0];
}
