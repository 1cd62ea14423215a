import { counterNames, isCount, isCounterName } from "./counters.ts";
import type { InstallSummary, InstallSummaryPatch } from "./install-summary.ts";
import { formatValue } from "../text/format-value.ts";
import { hasMembers } from "../text/object-kind.ts";

// The door of the functions that work on summaries. TypeScript keeps other values out; plain JavaScript would get wrong
// results from them without a word. `where` names the argument, such as `theirs of rebase`.

/** Throws `TypeError` for anything but a whole summary: an id and ten counters. */
export function requireSummary(where: string, summary: InstallSummary): void {
  if (typeof summary !== "object" || summary === null || typeof summary.id !== "string") {
    throw unfit(where, summary, "a whole install summary");
  }
  const wrong = counterNames.find((name) => !isCount(summary[name]));
  if (wrong === undefined) return;
  throw unfit(where, summary, `a whole install summary, but its ${wrong} is ${formatValue(summary[wrong])}`);
}

/** Throws `TypeError` for summaries of two apps. Ids are compared without case. */
export function requireSameApp(where: string, id: string, other: string): void {
  if (id === other || id.toLowerCase() === other.toLowerCase()) return;
  throw new TypeError(`${where} must be of the app ${id}, but is of ${formatValue(other)}.`);
}

/** Throws `TypeError` for anything but some counters, or a whole summary, of that app. */
export function requireCounters(where: string, counters: InstallSummaryPatch, id: string): void {
  const members = hasMembers(counters) ? Object.entries<unknown>({ ...counters }) : undefined;
  const areCounters = members?.every(([name, value]) =>
    isCounterName(name) ? value === undefined || isCount(value) : name === "id" || name.includes("@"),
  );
  if (areCounters !== true) throw unfit(where, counters, "counters with their values");
  if ("id" in counters) requireSameApp(where, id, String(counters.id));
}

/** What results, apps and responses call the summary in them. */
const wrappers = ["summary", "installSummary", "value"];

function unfit(where: string, value: unknown, expected: string): TypeError {
  const name = hasMembers(value) ? wrappers.find((member) => member in value) : undefined;
  const help = name === undefined ? "" : ` Pass its .${name}.`;
  return new TypeError(`${where} must be ${expected}; got ${formatValue(value)}.${help}`);
}
