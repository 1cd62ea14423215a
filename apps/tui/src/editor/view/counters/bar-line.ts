import type { CounterScope, InstallSummary } from "@install-summary/core";
import { counterOf, states } from "../../model/counter-grid.ts";
import type { Glyphs } from "../glyphs.ts";
import { alignRight, dim, line, wrong, type Line, type Span } from "../line.ts";

/** A bar of all devices, or users, by state, with the share that failed. */
export function barLine(summary: InstallSummary, scope: CounterScope, width: number, glyphs: Glyphs): Line {
  const values = states.map((state) => summary[counterOf(state, scope)]);
  const total = values.reduce((sum, value) => sum + value, 0);
  const failed = summary[counterOf("failed", scope)];
  const share = alignRight(shareText(failed, total), 6);
  const title = ` ${scope === "device" ? "devices" : "users  "} `;
  const room = Math.max(0, width - title.length - share.length - 5);
  const cells = barCells(values, room);
  const bar = states.map((state, index): Span => {
    const text = glyphs.bar[state].repeat(cells[index] ?? 0);
    if (state === "failed") return wrong(text);
    return dim(text);
  });
  const empty = total === 0 ? dim(glyphs.dot.repeat(room)) : undefined;
  const mark = `  ${glyphs.states.failed} `;
  return line(dim(title), bar, empty, failed > 0 ? wrong(mark) : dim(mark), share);
}

/** A share as people read it: `0.3 %`, `12 %`, `0 %`, and `<0.1 %` where it is not nothing. */
export function shareText(part: number, total: number): string {
  if (total === 0 || part === 0) return "0 %";
  const percent = (part / total) * 100;
  if (percent < 0.1) return "<0.1 %";
  return `${percent < 10 ? percent.toFixed(1) : Math.round(percent)} %`;
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
