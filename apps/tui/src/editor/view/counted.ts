import { formatCount } from "../../words/format-count.ts";

/** A number of things in words: `1 app`, `2 apps`. */
export function counted(count: number, what: string): string {
  return count === 1 ? `1 ${what}` : `${formatCount(count)} ${what}s`;
}
