import type { CounterName } from "@install-summary/core";
import { stateLabels } from "@install-summary/core/text";
import { trendDays } from "../../../changes/trend.ts";
import { changeActor, changeText } from "../../../words/change-words.ts";
import { timeText } from "../../../words/clock-time.ts";
import { cutWords } from "../../../text/cut.ts";
import { counterOf, scopes, states } from "../../model/counter-grid.ts";
import type { EditorState } from "../../model/editor-state.ts";
import { counterLabel } from "../../../words/change-words.ts";
import type { Glyphs } from "../glyphs.ts";
import { dim, fitLine, line, type Line } from "../line.ts";
import { outsideText } from "../outside-text.ts";
import { trendColumns, trendLine } from "./trend-line.ts";
import type { KnownApp } from "../../../words/known-app.ts";

/** A head, and a row for each state. */
const tableRows = states.length + 1;
/** How many of the latest changes are told. */
const latestChanges = 3;
/** With fewer rows than this the latest changes would leave no blank line. */
const roomyRows = tableRows + latestChanges + 5;

/**
 * The trends of an app below its counters, as far as `rows` go: of all ten, with the latest changes where there is room, or
 * of the counter that the person is at. The room of a table that is still to come stays blank, so that nothing moves then.
 */
export function trendLines(
  state: EditorState,
  app: KnownApp,
  counter: CounterName,
  glyphs: Glyphs,
  width: number,
  rows: number,
): readonly Line[] {
  if (rows < tableRows) {
    const shown = trendLine(state, app, counter, ` ${counterLabel(counter)}`, glyphs, width);
    return shown === undefined ? [] : [shown];
  }
  const table = trendTable(state, app, glyphs, width);
  if (table.length === 0) return state.hasChangeLog ? Array.from({ length: tableRows }, () => []) : [];
  return rows < roomyRows ? table : [...table, ...latestLines(state, app, glyphs, width)];
}

/** The trends of all ten counters, devices and users beside each other; no line where they are not known. */
function trendTable(state: EditorState, app: KnownApp, glyphs: Glyphs, width: number): readonly Line[] {
  const half = Math.floor((width - 3) / scopes.length);
  const names = scopes.map((scope) => states.map((one) => counterOf(one, scope)));
  const columns = trendColumns(state, app, names, glyphs, half - 2);
  if (columns === undefined) return [];
  const rows = states.map((one, row) => {
    const sign = { text: ` ${glyphs.states[one]} `, said: ` ${stateLabels[one].shortLabel}: ` };
    const cells = columns.map((column) => fitLine(column[row] ?? [], half, glyphs.ellipsis));
    return line({ ...sign, tone: one === "failed" ? "wrong" : "dim" }, ...cells);
  });
  const heads = ["Devices", "Users"].map((head) => `${head}, ${trendDays} days`.padEnd(half)).join("");
  return [line(dim(`   ${heads.trimEnd()}`)), ...rows];
}

/** Where the numbers come from: the latest changes, with who made them and when. */
function latestLines(
  { trends, now }: EditorState,
  app: KnownApp,
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
