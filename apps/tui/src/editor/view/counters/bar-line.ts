import type { CounterScope, InstallSummary } from "@install-summary/core";
import { counterOf, states } from "../../model/counter-grid.ts";
import type { Glyphs } from "../glyphs.ts";
import { alignRight } from "../../../text/cut.ts";
import { accent, dim, line, wrong, type Line, type Span } from "../line.ts";
import { shareText } from "./share-text.ts";

/** The bars of devices, or users, by state with the share that failed: what the server has, and what is staged. */
export function barLines(
  before: InstallSummary,
  after: InstallSummary,
  scope: CounterScope,
  width: number,
  glyphs: Glyphs,
): readonly Line[] {
  const title = scope === "device" ? "devices" : "users";
  const isChanged = states.some(
    (state) => before[counterOf(state, scope)] !== after[counterOf(state, scope)],
  );
  const shown = barLine(before, scope, dim(` ${title.padEnd(8)}`), width, glyphs);
  if (!isChanged) return [shown];
  return [shown, barLine(after, scope, accent("  staged "), width, glyphs)];
}

function barLine(
  summary: InstallSummary,
  scope: CounterScope,
  title: Span,
  width: number,
  glyphs: Glyphs,
): Line {
  const values = states.map((state) => summary[counterOf(state, scope)]);
  const total = values.reduce((sum, value) => sum + value, 0);
  const failed = summary[counterOf("failed", scope)];
  const share = alignRight(shareText(failed, total), 7);
  const room = Math.max(0, width - title.text.length - share.length - 1);
  const cells = barCells(values, room);
  const bar = states.map((state, index): Span => {
    const text = glyphs.states[state].repeat(cells[index] ?? 0);
    return state === "failed" ? wrong(text) : dim(text);
  });
  const empty = total === 0 ? dim(glyphs.dot.repeat(room)) : undefined;
  return line(title, bar, empty, share);
}

/** How many cells each value gets: in proportion, and at least one where there is any. */
export function barCells(values: readonly number[], width: number): readonly number[] {
  const total = values.reduce((sum, value) => sum + value, 0);
  if (total === 0 || width === 0) return values.map(() => 0);
  const cells = values.map((value) => (value === 0 ? 0 : Math.max(1, Math.round((value / total) * width))));
  // What rounding gave too much or too little, the largest takes.
  const largest = cells.indexOf(Math.max(...cells));
  const surplus = cells.reduce((sum, count) => sum + count, 0) - width;
  return cells.map((count, index) => (index === largest ? Math.max(0, count - surplus) : count));
}
