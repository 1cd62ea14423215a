import type { CounterName } from "@install-summary/core";
import type { ListedApp } from "@install-summary/core/client";
import { formatCount, formatDelta } from "../../format-count.ts";
import { platformOf } from "../platform.ts";
import { findApp } from "../state/app-list.ts";
import { editsOf, shownApp } from "../state/browse.ts";
import { counterOf, describeCounter, scopes, states } from "../state/counter-grid.ts";
import { editedCounters, editedSummary, editedValue, type Edits } from "../state/edit.ts";
import type { EditorState } from "../state/editor-state.ts";
import { readEntry } from "../state/entry.ts";
import { nameOf } from "../state/sort.ts";
import { versionText } from "../version-text.ts";
import { barLine } from "./bar-line.ts";
import { cellLine } from "./counter-cell.ts";
import type { Glyphs } from "./glyphs.ts";
import { accent, alignRight, bold, cutText, dim, line, wrapText, wrong, type Line } from "./line.ts";
import { outsideText } from "./outside-text.ts";
import { keepMost, type Weighted } from "./weighted.ts";

const labels = {
  installed: "Installed",
  failed: "Failed",
  notApplicable: "Not applicable",
  notInstalled: "Not installed",
  pendingInstall: "Pending install",
} as const;

/** With fewer rows than this a description gets one. */
const roomy = 14;

/** A blank, the sign of the state, a blank, the longest label, a blank. */
const labelWidth = 18;

/** The app under the cursor: what it is, its counters, bars. The less room there is, the less of it. */
export function appLines(
  state: EditorState,
  glyphs: Glyphs,
  width: number,
  height: number,
  withName: boolean,
): readonly Line[] {
  const app = shownApp(state);
  if (app === undefined) return [];
  const edits = editsOf(state, app.id);
  const parts: readonly (Weighted | undefined)[] = [
    withName ? { weight: 10, line: line(" ", bold(appName(app, glyphs, width - 1))) } : undefined,
    { weight: 5, line: aboutLine(state, app, glyphs, width) },
    { weight: 4, line: line(dim(` ${app.id}`)) },
    { weight: 2, line: [] },
    { weight: 8, line: headLine(width) },
    ...counterRows(state, app, edits, glyphs, width),
    { weight: 6, line: totalLine(app, edits, glyphs, width) },
    { weight: 1, line: [] },
    ...scopes.map((scope) => ({
      weight: 3,
      line: barLine(editedSummary(app.installSummary, edits), scope, width, glyphs),
    })),
    { weight: 1, line: [] },
    // Last, so that nothing else moves when it takes one line more.
    ...explanation(state, app, edits, glyphs, width, height),
  ];
  return keepMost(parts, height);
}

/** The name of an app, safe to draw, in so many cells. */
export function appName(app: ListedApp, glyphs: Glyphs, width: number): string {
  return cutText(outsideText(nameOf(app), glyphs), width, glyphs.ellipsis);
}

function aboutLine(state: EditorState, app: ListedApp, glyphs: Glyphs, width: number): Line {
  const latest = findApp(state.list, app.id);
  const isNewer = latest !== undefined && latest.etag !== app.etag;
  const version = isNewer
    ? `${versionText(app.etag)}, now ${versionText(latest.etag)}`
    : versionText(app.etag);
  const end = ` ${glyphs.dot} ${platformOf(app)} ${glyphs.dot} `;
  const room = width - 1 - end.length - version.length;
  const publisher = app.publisher === null || app.publisher === "" ? "no publisher" : app.publisher;
  const start = dim(` ${cutText(outsideText(publisher, glyphs), room, glyphs.ellipsis)}${end}`);
  return line(start, isNewer ? accent(version) : dim(version));
}

function headLine(width: number): Line {
  const cell = cellWidth(width);
  const head = scopes.map((scope) => `${alignRight(scope === "device" ? "Devices" : "Users", cell - 2)}  `);
  return line(dim(" ".repeat(labelWidth) + head.join("")));
}

function counterRows(
  state: EditorState,
  app: ListedApp,
  edits: Edits,
  glyphs: Glyphs,
  width: number,
): readonly Weighted[] {
  const { screen } = state;
  const isHere = screen.name === "counters" || screen.name === "entry";
  return states.flatMap((counterState): readonly Weighted[] => {
    const cells = scopes.map((scope) => {
      const name = counterOf(counterState, scope);
      const current = isHere && name === state.counter;
      const entry = current && screen.name === "entry" ? screen.text : undefined;
      const cell = { value: app.installSummary[name], edit: edits[name], marked: true, current, entry };
      return cellLine(cell, cellWidth(width), glyphs);
    });
    const isRow = isHere && describeCounter(state.counter).state === counterState;
    const text = ` ${glyphs.states[counterState]} ${labels[counterState]}`.padEnd(labelWidth);
    const row = { weight: 9, line: line(isRow ? bold(text) : text, ...cells) };
    const reason = isRow ? refusal(state, app) : undefined;
    return reason === undefined
      ? [row]
      : [row, { weight: 9, line: line(wrong(`   ${glyphs.wrong} ${reason}`)) }];
  });
}

/** Why what is being typed cannot be staged. */
function refusal({ screen, counter }: EditorState, app: ListedApp): string | undefined {
  if (screen.name !== "entry") return undefined;
  const reading = readEntry(screen.text, app.installSummary[counter]);
  return reading.kind === "refused" ? reading.reason : undefined;
}

function totalLine(app: ListedApp, edits: Edits, glyphs: Glyphs, width: number): Line {
  const after = editedSummary(app.installSummary, edits);
  const cells = scopes.map((scope) => {
    const sum = (summary: typeof after): number =>
      states.reduce((total, counterState) => total + summary[counterOf(counterState, scope)], 0);
    const value = sum(app.installSummary);
    const changed = sum(after);
    const edit = changed === value ? undefined : changed;
    // A total is never staged itself, so it has no mark.
    const cell = { value, edit, marked: false, current: false, entry: undefined };
    return cellLine(cell, cellWidth(width), glyphs);
  });
  return line(dim("   Total".padEnd(labelWidth)), ...cells);
}

/** The counter under the cursor in words: what is staged there, or what it counts. */
function explanation(
  state: EditorState,
  app: ListedApp,
  edits: Edits,
  glyphs: Glyphs,
  width: number,
  height: number,
): readonly Weighted[] {
  const counter = explainedCounter(state, edits);
  if (counter === undefined) return [];
  const base = app.installSummary[counter];
  const { label, description } = describeCounter(counter);
  const entry = state.screen.name === "entry" ? readEntry(state.screen.text, base) : undefined;
  const edit = entry?.kind === "edit" ? entry.edit : edits[counter];
  if (edit === undefined) {
    const isShort = height < roomy;
    const lines = isShort
      ? [cutText(description, width - 2, glyphs.ellipsis)]
      : wrapText(description, width - 2);
    return lines.map((text) => ({ weight: 7, line: line(dim(` ${text}`)) }));
  }
  const value = editedValue(base, edit);
  const how = typeof edit === "number" ? "" : `${formatDelta(edit.add)} = `;
  const verb = entry?.kind === "edit" ? "then" : "staged";
  const words = ` ${label.toLowerCase()} was ${formatCount(base)}, ${verb} ${how}${formatCount(value)}`;
  const delta = typeof edit === "number" ? ` (${formatDelta(value - base)})` : "";
  return [{ weight: 7, line: line(words + delta) }];
}

function explainedCounter({ screen, counter }: EditorState, edits: Edits): CounterName | undefined {
  const isHere = screen.name === "counters" || screen.name === "entry";
  return isHere || edits[counter] !== undefined ? counter : editedCounters(edits)[0];
}

function cellWidth(width: number): number {
  return Math.floor((width - labelWidth) / scopes.length);
}
