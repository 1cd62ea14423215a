import type { InstallSummaryEdit } from "@install-summary/core";
import { stateLabels } from "@install-summary/core/text";
import { counterOf, describeCounter, scopes, states } from "../../model/counter-grid.ts";
import { editedSummary } from "../../model/edit.ts";
import type { EditorState } from "../../model/editor-state.ts";
import { formatCount } from "../../../words/format-count.ts";
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
/** The same with the longest of the shortest labels: large numbers leave no more. */
const minLabel = 12;

const headOf = { device: "Devices", user: "Users" } as const;

interface Row {
  /** What it counts, from the whole words to the shortest that still name it. */
  readonly labels: readonly string[];
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
  const widths = columnWidths([...rows, total], width, glyphs);
  const widthAt = (column: number): number => widths[column] ?? 0;
  const label = widths.reduce((room, column) => room - column, width);
  const isGrouped = [...rows, total].every(({ cells }) =>
    cells.every((one, column) => fitsGrouped(one, widthAt(column))),
  );
  const heads = scopes.map((scope, column) => `${alignRight(headOf[scope], widthAt(column) - 2)}  `);
  const drawn = ({ labels, isCurrent, cells }: Row): Weighted["line"] => {
    const text = labels.find((one) => widthOf(one) <= label) ?? labels.at(-1) ?? "";
    const shown = cutText(text, label, glyphs.ellipsis);
    // What a label leaves free belongs to the first number, so that its old value fits more often.
    const free = Math.max(0, label - widthOf(shown) - 1);
    const numbers = cells.map((content, column) =>
      cellLine(content, { width: widthAt(column) + (column === 0 ? free : 0), isGrouped }, glyphs),
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

/**
 * How wide the columns of numbers are: as usual, or as their largest numbers need, in groups of three or not. Only where even
 * that leaves no room for the shortest labels, a number that is typed is shown from its end.
 */
function columnWidths(rows: readonly Row[], width: number, glyphs: Glyphs): readonly number[] {
  const usual = Math.floor((width - labelWidth) / scopes.length);
  const needed = (format: (value: number) => string): readonly number[] =>
    scopes.map((scope, column) =>
      Math.max(
        // A blank before it, and the place of a mark behind it, as each number has.
        1 + headOf[scope].length + 2,
        ...rows.map(({ cells }) => {
          const cell = cells[column];
          return cell === undefined ? 0 : neededWidth(cell, format, glyphs);
        }),
      ),
    );
  const fits = (widths: readonly number[], label: number): boolean =>
    widths.reduce((sum, one) => sum + one, label) <= width;
  const grouped = needed(formatCount);
  const even = grouped.map((least) => Math.max(usual, least));
  if (fits(even, labelWidth)) return even;
  const equal = scopes.map(() => Math.floor((width - minLabel) / scopes.length));
  return [grouped, needed(String)].find((widths) => fits(widths, minLabel)) ?? equal;
}

function counterRow(
  { screen, counter, staging }: EditorState,
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
    const isContested = staging.apps.get(app.id)?.contested[name] !== undefined;
    return { value: app.installSummary[name], edit: edits[name], isContested, current, entry };
  });
  const { label, shortLabel } = stateLabels[state];
  const words = [label, shortLabel, shortLabel.replace(/^(Not ....).+/, "$1.")];
  const labels = words.map((text) => ` ${glyphs.states[state]} ${text}`);
  return { labels, isCurrent: isHere && describeCounter(counter).state === state, cells };
}

function totalRow(app: KnownApp, edits: InstallSummaryEdit): Row {
  const after = editedSummary(app.installSummary, edits);
  const cells = scopes.map((scope) => {
    const sum = (summary: typeof after): number =>
      states.reduce((total, state) => total + summary[counterOf(state, scope)], 0);
    const value = sum(app.installSummary);
    const changed = sum(after);
    const edit = changed === value ? undefined : changed;
    return { value, edit, isContested: false, current: false, entry: undefined };
  });
  return { labels: ["   Total"], isCurrent: false, cells };
}
