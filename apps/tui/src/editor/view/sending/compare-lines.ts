import {
  counters,
  type CounterName,
  type InstallSummary,
  type InstallSummaryEdit,
} from "@install-summary/core";
import { formatCount, formatDelta } from "../../../words/format-count.ts";
import type { Glyphs } from "../glyphs.ts";
import { alignRight, wrapText } from "../../../text/cut.ts";
import { accent, dim, line, wrong, type Line, type Span } from "../line.ts";

/** Three columns take this much; with less, each counter is a sentence. */
const tableWidth = 78;
const labelWidth = 24;
const numberWidth = 14;

/** What one counter was, is on the server, and should become. */
export interface ComparedCounter {
  readonly name: CounterName;
  readonly label: string;
  readonly base: number;
  readonly theirs: number;
  readonly mine: number | undefined;
  /** An amount, where the person typed one. */
  readonly by: number | undefined;
}

/** The counters in which what is there now differs from the base, or mine does. */
export function comparedCounters(
  base: InstallSummary,
  theirs: InstallSummary,
  patch: { readonly [Name in CounterName]?: number | undefined },
  edits: InstallSummaryEdit = {},
): readonly ComparedCounter[] {
  return counters.flatMap(({ name, label }) => {
    const mine = patch[name];
    if (mine === undefined && base[name] === theirs[name]) return [];
    const edit = edits[name];
    const by = typeof edit === "object" ? edit.add : undefined;
    return [{ name, label, base: base[name], theirs: theirs[name], mine, by }];
  });
}

/** Base, theirs and mine of each counter beside each other, with a word on what that means. */
export function conflictLines(
  compared: readonly ComparedCounter[],
  glyphs: Glyphs,
  width: number,
): readonly Line[] {
  return tableOf(["base", "theirs", "mine"], compared, (row) => conflictWord(row, glyphs), glyphs, width);
}

/** Before, sent and now of each counter that was sent or differs, with a word on whether it was applied, where a log tells. */
export function settledLines(
  compared: readonly ComparedCounter[],
  isRecorded: boolean,
  glyphs: Glyphs,
  width: number,
): readonly Line[] {
  const wordOf = (row: ComparedCounter): Word => settledWord(row, isRecorded, glyphs);
  const rows = tableOf(["before", "sent", "now"], compared, wordOf, glyphs, width);
  const others = counters.length - compared.length;
  if (others === 0 || width < tableWidth) return rows;
  const label = `   ${others} others`.padEnd(labelWidth + 1 + 3 * numberWidth);
  return [...rows, line(dim(`${label}  unchanged`))];
}

interface Word {
  readonly sign: Span;
  readonly word: string;
}

function conflictWord({ base, theirs, mine, by }: ComparedCounter, glyphs: Glyphs): Word {
  if (mine === undefined) return { sign: dim(glyphs.dot), word: "only they" };
  if (theirs === base) return { sign: accent(glyphs.staged), word: "only you" };
  if (by !== undefined) return { sign: accent(glyphs.recounted), word: "recounted" };
  if (theirs === mine) return { sign: dim("="), word: "the same" };
  return { sign: wrong(glyphs.differs), word: "both" };
}

function settledWord({ base, theirs, mine }: ComparedCounter, isRecorded: boolean, glyphs: Glyphs): Word {
  if (mine === undefined) return { sign: dim(glyphs.dot), word: "changed" };
  if (theirs === mine)
    return isRecorded ? { sign: accent(glyphs.done), word: "applied" } : { sign: dim("="), word: "there" };
  if (theirs === base) return { sign: dim(glyphs.unchanged), word: "unchanged" };
  return { sign: wrong(glyphs.differs), word: "neither" };
}

function tableOf(
  heads: readonly [string, string, string],
  rows: readonly ComparedCounter[],
  wordOf: (row: ComparedCounter) => Word,
  glyphs: Glyphs,
  width: number,
): readonly Line[] {
  const isSettled = heads[2] === "now";
  const values = ({ base, theirs, mine, by }: ComparedCounter): readonly string[] => {
    const sent = mine === undefined ? glyphs.dot : formatCount(mine);
    if (isSettled) return [formatCount(base), sent, formatCount(theirs)];
    // An amount is what the person wants: the value that it came to holds on the base alone.
    const wanted = by === undefined ? sent : formatDelta(by).replace("−", glyphs.minus);
    return [formatCount(base), formatCount(theirs), wanted];
  };
  if (width < tableWidth) {
    return rows.flatMap((row) => {
      const { sign, word } = wordOf(row);
      const texts = values(row).map((value, index) => `${heads[index] ?? ""} ${value}`);
      const [first = "", ...others] = wrapText(`${row.label}: ${texts.join(", ")} (${word})`, width - 4);
      return [line(" ", sign, ` ${first}`), ...others.map((text) => line(`   ${text}`))];
    });
  }
  const head = heads.map((text) => alignRight(text, numberWidth)).join("");
  return [
    line(dim(" ".repeat(labelWidth + 1) + head)),
    ...rows.map((row) => {
      const { sign, word } = wordOf(row);
      const numbers = values(row).map((value) => alignRight(value, numberWidth));
      return line(" ", sign, ` ${row.label}`.padEnd(labelWidth - 1), ...numbers, dim(`  ${word}`));
    }),
  ];
}
