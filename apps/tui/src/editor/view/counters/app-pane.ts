import type { CounterName, InstallSummaryEdit } from "@install-summary/core";
import { isAsRead } from "../../../changes/as-read.ts";
import { sentBy } from "../../../changes/drafts/draft.ts";
import { trendDays } from "../../../changes/trend.ts";
import { platformName } from "../../../words/platform.ts";
import { findApp } from "../../model/app-list.ts";
import { editsOf, shownApp } from "../../model/shown-app.ts";
import { scopes } from "../../model/counter-grid.ts";
import { editedCounters, editedSummary } from "../../model/edit.ts";
import { sortedCounter } from "../../model/sort.ts";
import { roomy } from "../../model/layout.ts";
import { trendLine } from "../history/trend-line.ts";
import { trendLines } from "../history/trend-table.ts";
import type { EditorState } from "../../model/editor-state.ts";
import { thereNowText, versionFact } from "../../../words/version-text.ts";
import { fittedName } from "../fitted-name.ts";
import { barLines } from "./bar-line.ts";
import { counterTable } from "./counter-table.ts";
import { explanationLines } from "./explanation-lines.ts";
import type { Glyphs } from "../glyphs.ts";
import { accent, bold, cutLine, dim, line, lineWidth, type Line } from "../line.ts";
import { outsideText } from "../outside-text.ts";
import { keepMost, type Weighted } from "../weighted.ts";
import type { KnownApp } from "../../../words/known-app.ts";

/** The app under the cursor: what it is, its counters, bars. The less room there is, the less of it. */
export function appPaneLines(
  state: EditorState,
  glyphs: Glyphs,
  width: number,
  height: number,
  withName: boolean,
): readonly Line[] {
  const app = shownApp(state);
  if (app === undefined) return [];
  const edits = editsOf(state, app.id);
  const after = editedSummary(app.installSummary, edits);
  const bars = scopes.flatMap((scope) => barLines(app.installSummary, after, scope, width, glyphs));
  const counter = trendCounter(state, edits);
  const isAtCounter = state.screen.name === "counters" || state.screen.name === "entry";
  const short = height < roomy ? shortTrend(state, app, edits, glyphs, width) : undefined;
  const explanation =
    short === undefined ? explanationLines(state, app, edits, glyphs, width, height) : [short];
  const explained = Math.max(isAtCounter ? maxExplanation : 0, explanation.length);
  const free = height - tableLines - (withName ? 1 : 0) - bars.length - explained;
  const trends = trendLines(state, app, counter, glyphs, width, free);
  const parts: readonly (Weighted | undefined)[] = [
    withName ? { weight: 10, line: line(" ", bold(fittedName(app, glyphs, width - 1))) } : undefined,
    { weight: 5, line: aboutLine(state, app, glyphs, width) },
    { weight: 4, line: line(dim(` ${app.id}`)) },
    state.drafts.elsewhere.has(app.id.toLowerCase()) ? elsewhere : blank(2),
    ...counterTable(state, app, edits, glyphs, width),
    blank(1),
    ...explanation,
    // As many lines at all times, so that nothing below moves while a number is typed.
    ...Array.from({ length: Math.max(0, maxExplanation - explanation.length) }, () => blank(1)),
    blank(1),
    ...bars.map((bar) => ({ weight: 3, line: bar })),
    ...(trends.length === 0 ? [] : [blank(1)]),
    ...trends.map((row) => ({ weight: 2, line: row })),
  ];
  return keepMost(parts, height);
}

/** It takes the place of the blank line above the table. */
const elsewhere: Weighted = { weight: 7, line: line(accent(" also edited in another terminal")) };

/** Facts, id, a blank line, and the table with its head and its totals. */
const tableLines = 10;
/** What explains a counter takes as many lines. */
const maxExplanation = 2;

/** Where there is room for nothing else, the trend of the counter under the cursor in place of what it counts. */
function shortTrend(
  state: EditorState,
  app: KnownApp,
  edits: InstallSummaryEdit,
  glyphs: Glyphs,
  width: number,
): Weighted | undefined {
  const { screen, counter } = state;
  if (screen.name !== "counters" || edits[counter] !== undefined) return undefined;
  const trend = trendLine(state, app, counter, ` ${trendDays} days`, glyphs, width);
  return trend && { weight: 7, line: trend };
}

/** The counter where the person is: in the table, or the edited one, or the one that the list is sorted by. */
function trendCounter({ screen, counter, list }: EditorState, edits: InstallSummaryEdit): CounterName {
  if (screen.name === "counters" || screen.name === "entry") return counter;
  return editedCounters(edits)[0] ?? sortedCounter(list.sort) ?? "failedDeviceCount";
}

function blank(weight: number): Weighted {
  return { weight, line: [] };
}

function aboutLine(state: EditorState, app: KnownApp, glyphs: Glyphs, width: number): Line {
  const latest = findApp(state.list, app.id);
  const isNewer = latest !== undefined && !isAsRead(app, latest);
  const now = isNewer ? `${glyphs.differs} ${thereNowText(app.etag, latest.etag)}` : versionFact(app.etag);
  const version = outsideText(now, glyphs);
  const staged = state.staging.apps.get(app.id);
  const isOpen = staged !== undefined && sentBy(staged) !== undefined;
  const what = isOpen ? "not confirmed" : "not sent";
  const sign = staged === undefined ? "" : `  ${isOpen ? "?" : glyphs.staged}`;
  const note = staged === undefined ? "" : `${sign} ${what}`;
  const platform = outsideText(platformName(app), glyphs);
  const publisher = outsideText(app.publisher ?? "", glyphs);
  const separator = ` ${glyphs.dot} `;
  const about = (facts: readonly string[], end: string): Line => {
    const start = facts.filter((fact) => fact !== "").map((fact) => fact + separator);
    return line(dim(` ${start.join("")}`), isNewer ? accent(version) : dim(version), accent(end));
  };
  // The name above mostly has the publisher too: it goes first, then the words after the sign.
  const choices = [about([publisher, platform], note), about([platform], note), about([platform], sign)];
  const fitting = choices.find((choice) => lineWidth(choice) <= width) ?? about([], sign);
  return cutLine(fitting, width, glyphs.ellipsis);
}
