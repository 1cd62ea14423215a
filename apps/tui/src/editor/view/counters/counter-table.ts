import type { InstallSummaryEdit } from "@install-summary/core";
import type { ListedApp } from "@install-summary/core/client";
import { stateLabels } from "@install-summary/core/text";
import { counterOf, describeCounter, scopes, states } from "../../model/counter-grid.ts";
import { editedSummary } from "../../model/edit.ts";
import type { EditorState } from "../../model/editor-state.ts";
import { readEntry } from "../../model/entry.ts";
import { cellLine } from "./counter-cell.ts";
import type { Glyphs } from "../glyphs.ts";
import { alignRight, bold, dim, line, wrong, type Line } from "../line.ts";
import type { Weighted } from "../weighted.ts";

/** A blank, the sign of the state, a blank, the longest label, a blank. */
const labelWidth = 18;

/** The ten counters with their totals: five states down, devices and users across. */
export function counterTable(
  state: EditorState,
  app: ListedApp,
  edits: InstallSummaryEdit,
  glyphs: Glyphs,
  width: number,
): readonly Weighted[] {
  return [
    { weight: 8, line: headLine(width) },
    ...counterRows(state, app, edits, glyphs, width),
    { weight: 6, line: totalLine(app, edits, glyphs, width) },
  ];
}

function headLine(width: number): Line {
  const cell = cellWidth(width);
  const head = scopes.map((scope) => `${alignRight(scope === "device" ? "Devices" : "Users", cell - 2)}  `);
  return line(dim(" ".repeat(labelWidth) + head.join("")));
}

function counterRows(
  state: EditorState,
  app: ListedApp,
  edits: InstallSummaryEdit,
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
    const text = ` ${glyphs.states[counterState]} ${stateLabels[counterState].label}`.padEnd(labelWidth);
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

function totalLine(app: ListedApp, edits: InstallSummaryEdit, glyphs: Glyphs, width: number): Line {
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

function cellWidth(width: number): number {
  return Math.floor((width - labelWidth) / scopes.length);
}
