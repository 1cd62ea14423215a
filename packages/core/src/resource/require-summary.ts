import { counterNames, isCount, isCounterName } from "./counters.ts";
import type { InstallSummary, InstallSummaryPatch } from "./install-summary.ts";
import { formatValue } from "../text/format-value.ts";
import { hasMembers } from "../text/object-kind.ts";

// The door of the functions that work on summaries. TypeScript keeps other values out; plain JavaScript would get wrong
// results from them without a word. `where` names the argument, such as `theirs of rebase`.

/** Throws `TypeError` for anything but a whole summary, of the app with that id if one is given. */
export function requireSummary(where: string, summary: InstallSummary, id?: string): void {
  if (typeof summary !== "object" || summary === null) throw unfit(where, id, summary);
  const wrong = isId(summary.id, id) ? counterNames.find((name) => !isCount(summary[name])) : "id";
  if (wrong !== undefined) throw unfit(where, id, summary, wrong, summary[wrong]);
}

/** Throws `TypeError` for anything but some counters, or a whole summary, of the app with that id. */
export function requireCounters(where: string, counters: InstallSummaryPatch, id: string): void {
  if (!hasMembers(counters)) throw unfit(where, id, counters);
  for (const [name, value] of Object.entries<unknown>({ ...counters })) {
    const isFit = name === "id" ? isId(value, id) : isCounterName(name) ? isCount(value) : name.includes("@");
    if (!isFit && value !== undefined) throw unfit(where, id, counters, name, value);
  }
}

/** Ids are compared without case. */
function isId(value: unknown, id: string | undefined): boolean {
  if (typeof value !== "string") return false;
  return id === undefined || value === id || value.toLowerCase() === id.toLowerCase();
}

/** What results, apps and responses call the summary in them. */
const wrappers = ["summary", "installSummary", "value"];

function unfit(
  where: string,
  id: string | undefined,
  value: unknown,
  wrong?: string,
  found?: unknown,
): TypeError {
  const name = hasMembers(value) ? wrappers.find((member) => member in value) : undefined;
  const isNamed = wrong !== undefined && name === undefined;
  const got = isNamed ? `${formatValue(found)} as its ${wrong}` : formatValue(value);
  const help = name === undefined ? "" : ` Pass its .${name}.`;
  const app = id === undefined ? "" : ` of the app ${id}`;
  return new TypeError(`${where} must be a whole install summary${app}; got ${got}.${help}`);
}
