import { formatCount } from "../../words/format-count.ts";

/** How many lines a text has, and how many of them are shown at once. */
export interface Scroll {
  readonly total: number;
  readonly shown: number;
}

/** The first line that is shown where `top` is asked for: never past the last page. */
export function firstLine(top: number, { total, shown }: Scroll): number {
  return Math.max(0, Math.min(top, total - shown));
}

/** The items from `top` on that there is room for; never scrolled past the last one. */
export function scrolled<Item>(items: readonly Item[], top: number, height: number): readonly Item[] {
  const shown = Math.max(0, height);
  const start = firstLine(top, { total: items.length, shown });
  return items.slice(start, start + shown);
}

/** Which lines are shown, such as `lines 1-18 of 40`; nothing where all are. */
export function positionText(top: number, scroll: Scroll): string {
  const { total, shown } = scroll;
  if (total <= shown) return "";
  const start = firstLine(top, scroll);
  return `lines ${formatCount(start + 1)}-${formatCount(start + shown)} of ${formatCount(total)}`;
}
