import { shortCounter, type ChangedCounter } from "../../../words/change-words.ts";
import { formatCount, formatDelta } from "../../../words/format-count.ts";
import { alignRight } from "../../../text/cut.ts";
import { widthOf } from "../../../text/width.ts";
import type { Glyphs } from "../glyphs.ts";
import { dim, line, type Line } from "../line.ts";

/** Counters with what they were, what they became, and the difference, below each other. */
export interface NumberColumns {
  readonly width: number;
  readonly row: (changed: ChangedCounter) => Line;
}

/** Columns in which these have room. */
export function columnsOf(all: readonly ChangedCounter[], glyphs: Glyphs): NumberColumns {
  const widest = (minimum: number, textOf: (changed: ChangedCounter) => string): number =>
    all.reduce((most, changed) => Math.max(most, widthOf(textOf(changed))), minimum);
  const names = widest(15, ({ counter }) => shortCounter(counter));
  const olds = widest(6, oldText);
  const news = widest(6, newText);
  const deltas = widest(6, deltaText);
  return {
    width: names + olds + 2 + widthOf(glyphs.to) + news + 1 + deltas,
    row: (changed) =>
      line(
        shortCounter(changed.counter).padEnd(names),
        dim(alignRight(oldText(changed), olds)),
        dim(` ${glyphs.to} `),
        alignRight(newText(changed), news),
        dim(` ${alignRight(deltaText(changed), deltas)}`),
      ),
  };
}

/** The same where there is no room for columns: `failed d  18 → 16 (−2)`. */
export function numbersText(changed: ChangedCounter, { to }: Glyphs): string {
  const delta = deltaText(changed);
  const values = `${oldText(changed)} ${to} ${newText(changed)}${delta === "" ? "" : ` (${delta})`}`;
  return `${shortCounter(changed.counter)}  ${values}`;
}

function oldText({ before }: ChangedCounter): string {
  return before === undefined ? "new" : formatCount(before);
}

function newText({ after }: ChangedCounter): string {
  return formatCount(after);
}

function deltaText({ before, after }: ChangedCounter): string {
  return before === undefined ? "" : formatDelta(after - before);
}
