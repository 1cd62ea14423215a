import { counterNames } from "../src/resource/counters.ts";
import type { InstallSummary } from "../src/resource/install-summary.ts";
import { invalidOption } from "./contract-query.ts";

const comparisons: ReadonlyMap<string, (one: number, other: number) => boolean> = new Map([
  ["eq", (one, other) => one === other],
  ["ne", (one, other) => one !== other],
  ["gt", (one, other) => one > other],
  ["ge", (one, other) => one >= other],
  ["lt", (one, other) => one < other],
  ["le", (one, other) => one <= other],
]);

/** As much of `$filter` as the pairs ask for: the id and counters compared, joined by `and`. */
export function readFilter(filter: string | undefined): (summary: InstallSummary) => boolean {
  const conditions = (filter?.split(" and ") ?? []).map(readCondition);
  return (summary) => conditions.every((holds) => holds(summary));
}

function readCondition(text: string): (summary: InstallSummary) => boolean {
  const id = /^id eq '([^']*)'$/i.exec(text)?.[1];
  if (id !== undefined) return (summary) => summary.id === id.toLowerCase();
  const [, path, operator = "", value] = /^installSummary\/(\w+) (\w\w) (\d+)$/i.exec(text) ?? [];
  const counter = counterNames.find((name) => name.toLowerCase() === path?.toLowerCase());
  const compare = comparisons.get(operator);
  if (counter === undefined || compare === undefined) {
    throw invalidOption(`Invalid filter clause: '${text}' is not understood at position 1.`);
  }
  return (summary) => compare(summary[counter], Number(value));
}
