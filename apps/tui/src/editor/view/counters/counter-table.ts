import type { InstallSummaryEdit } from "@install-summary/core";
import { stateLabels } from "@install-summary/core/text";
import { counterOf, describeCounter, scopes, states } from "../../model/counter-grid.ts";
import { editedSummary } from "../../model/edit.ts";
import type { EditorState } from "../../model/editor-state.ts";
import { cellLine, fitsGrouped, neededWidth, type CounterCell } from "./counter-cell.ts";
import type { Glyphs } from "../glyphs.ts";
import { alignRight, cutText } from "../../../text/cut.ts";
import { bold, dim, line, type Span } from "../line.ts";
import type { Weighted } from "../weighted.ts";
import { widthOf } from "../../../text/width.ts";
import type { KnownApp } from "../../../words/known-app.ts";

/** A blank, the sign of the state, a blank, the longest label. */
const labelWidth = 18;
/** A blank and the sign. */
const signWidth = 2;
/** Large numbers cut the labels down to this. */
const minLabel = 11;

interface Row {
  readonly label: string;
  readonly isCurrent: boolean;
  readonly cells: readonly CounterCell[];
}

/** The ten counters with their totals: five states down, devices and users across. Never more or fewer lines. */
export function counterTable(
  state: EditorState,
  app: KnownApp,
  edits: InstallSummaryEdit,
  glyphs: Glyphs,
  width: number,
): readonly Weighted[] {
  const rows = states.map((_, index) => counterRow(state, app, edits, glyphs, index));
  const total = totalRow(app, edits);
  const cell = cellWidth([...rows, total], width, glyphs);
  const label = width - cell * scopes.length;
  const isGrouped = [...rows, total].every(({ cells }) => cells.every((one) => fitsGrouped(one, cell)));
  const heads = scopes.map((scope) => `${alignRight(scope === "device" ? "Devices" : "Users", cell - 2)}  `);
  const drawn = ({ label: text, isCurrent, cells }: Row): Weighted["line"] => {
    const shown = cutText(text, label, glyphs.ellipsis);
    // What a label leaves free belongs to the first number, so that its old value fits more often.
    const free = Math.max(0, label - widthOf(shown) - 1);
    const numbers = cells.map((content, index) =>
      cellLine(content, { width: index === 0 ? cell + free : cell, isGrouped }, glyphs),
    );
    const gap = " ".repeat(label - widthOf(shown) - free);
    // The sign as the bars show it, for which it is the legend.
    const sign: Span = {
      text: shown.slice(0, signWidth),
      tone: text.startsWith(` ${glyphs.states.failed} `) ? "wrong" : "dim",
    };
    const words = shown.slice(signWidth);
    return line(sign, isCurrent ? bold(words) : words, gap, ...numbers);
  };
  return [
    { weight: 8, line: line(dim(" ".repeat(label) + heads.join(""))) },
    ...rows.map((row) => ({ weight: 9, line: drawn(row) })),
    { weight: 6, line: drawn(total) },
  ];
}

/** As wide as the largest number needs, also where the labels are cut for it. */
function cellWidth(rows: readonly Row[], width: number, glyphs: Glyphs): number {
  const usual = Math.floor((width - labelWidth) / scopes.length);
  const most = Math.floor((width - minLabel) / scopes.length);
  const needed = Math.max(...rows.flatMap(({ cells }) => cells.map((cell) => neededWidth(cell, glyphs))));
  return Math.max(usual, Math.min(most, needed));
}

function counterRow(
  { screen, counter }: EditorState,
  app: KnownApp,
  edits: InstallSummaryEdit,
  glyphs: Glyphs,
  index: number,
): Row {
  const isHere = screen.name === "counters" || screen.name === "entry";
  const state = states[index] ?? describeCounter(counter).state;
  const cells = scopes.map((scope) => {
    const name = counterOf(state, scope);
    const current = isHere && name === counter;
    const entry = current && screen.name === "entry" ? screen.text : undefined;
    return { value: app.installSummary[name], edit: edits[name], current, entry };
  });
  const label = ` ${glyphs.states[state]} ${stateLabels[state].label}`;
  return { label, isCurrent: isHere && describeCounter(counter).state === state, cells };
}

function totalRow(app: KnownApp, edits: InstallSummaryEdit): Row {
  const after = editedSummary(app.installSummary, edits);
  const cells = scopes.map((scope) => {
    const sum = (summary: typeof after): number =>
      states.reduce((total, state) => total + summary[counterOf(state, scope)], 0);
    const value = sum(app.installSummary);
    const changed = sum(after);
    return { value, edit: changed === value ? undefined : changed, current: false, entry: undefined };
  });
  return { label: "   Total", isCurrent: false, cells };
}
