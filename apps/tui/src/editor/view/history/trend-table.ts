import type { CounterName } from "@install-summary/core";
import type { ListedApp } from "@install-summary/core/client";
import { trendDays } from "../../../changes/trend.ts";
import { changeActor, changeText } from "../../../words/change-words.ts";
import { timeText } from "../../../words/clock-time.ts";
import { cutWords } from "../../../text/cut.ts";
import { counterOf, scopes, states } from "../../model/counter-grid.ts";
import type { EditorState } from "../../model/editor-state.ts";
import { counterLabel } from "../../../words/change-words.ts";
import type { Glyphs } from "../glyphs.ts";
import { dim, fitLine, line, wrong, type Line } from "../line.ts";
import { outsideText } from "../outside-text.ts";
import { trendColumn, trendLine } from "./trend-line.ts";

/** With fewer rows than this beside an app's counters there is room for the trend of one counter only. */
const manyRows = 12;
/** How many of the latest changes are told. */
const latestChanges = 3;

/**
 * The trends of an app below its counters, as far as `rows` go: of all ten with the latest changes, or of the counter that
 * the person is at. Nothing where they are not known.
 */
export function trendLines(
  state: EditorState,
  app: ListedApp,
  counter: CounterName,
  glyphs: Glyphs,
  width: number,
  rows: number,
): readonly Line[] {
  if (rows < manyRows) {
    const shown = trendLine(state, app, counter, ` ${counterLabel(counter)}`, glyphs, width);
    return shown === undefined ? [] : [shown];
  }
  const half = Math.floor((width - 3) / scopes.length);
  const columns = scopes.flatMap((scope) => {
    const names = states.map((one) => counterOf(one, scope));
    return [trendColumn(state, app, names, glyphs, half - 2) ?? []];
  });
  if (columns.some((column) => column.length === 0)) return [];
  const table = states.map((one, row) => {
    const sign = ` ${glyphs.states[one]} `;
    const cells = columns.map((column) => fitLine(column[row] ?? [], half, glyphs.ellipsis));
    return line(one === "failed" ? wrong(sign) : dim(sign), ...cells);
  });
  const heads = ["Devices", "Users"].map((head) => head.padEnd(half)).join("");
  return [
    line(dim(`   ${heads.trimEnd()}`)),
    ...table,
    line(dim(`   in ${trendDays} days`)),
    ...latestLines(state, app, glyphs, width),
  ];
}

/** Where the numbers come from: the latest changes, with who made them and when. */
function latestLines(
  { trends, now }: EditorState,
  app: ListedApp,
  glyphs: Glyphs,
  width: number,
): readonly Line[] {
  const trend = trends.get(app.id);
  if (trend?.kind !== "known" || trend.changes.length === 0) return [];
  const rows = trend.changes.slice(0, latestChanges).map((change) => {
    const who = outsideText(changeActor(change), glyphs);
    const when = timeText(Date.parse(change.changedAt), now);
    const what = changeText(change).replaceAll("→", glyphs.to);
    return line(dim(cutWords(` ${when}  ${what}, ${who} (${change.origin})`, width - 1, glyphs.ellipsis)));
  });
  return [line(), ...rows];
}
