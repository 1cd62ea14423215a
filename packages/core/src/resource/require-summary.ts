import { formatValue } from "../text/format-value.ts";
import { memberNames } from "../text/members.ts";
import { hasMembers } from "../text/object-kind.ts";
import { aCount, counterNames, isCount, isCounterName, type CounterName } from "./counters.ts";
import { makeSummary, type InstallSummary, type InstallSummaryPatch } from "./install-summary.ts";

// The doors of the functions that work on summaries and patches. TypeScript keeps other values out; plain JavaScript would
// get wrong results from them without a word. `where` names the argument, such as `theirs of rebase`.

/** Throws `TypeError` for anything but a whole summary, of the app with that id if one is given. */
export function requireSummary(where: string, summary: InstallSummary, id?: string): void {
  if (typeof summary !== "object" || summary === null) throw unfit(where, aSummary(id), summary);
  if (!isId(summary.id, id)) throw unfit(where, aSummary(id), summary, "id", summary.id);
  // A loop, since every request comes here, and `find` takes four times as long.
  for (const name of counterNames) {
    if (!isCount(summary[name])) throw unfit(where, aSummary(id), summary, name, summary[name]);
  }
}

/** A copy of a whole summary of the app with that id, whose counters it may inherit. Throws as `requireSummary` does. */
export function copySummary(where: string, summary: InstallSummary, id: string): InstallSummary {
  requireSummary(where, summary, id);
  return makeSummary(summary.id, (name) => summary[name]);
}

/** A copy of some counters, or of a whole summary, of the app with that id. Throws `TypeError` for anything else. */
export function requireCounters(
  where: string,
  counters: InstallSummaryPatch,
  id: string,
): InstallSummaryPatch {
  return requireMembersOf(where, counters, id, aSummary);
}

/**
 * A copy of a patch, to which the id of its app and control information may be added. Throws `TypeError` for anything else.
 * Each counter is read once: what a getter gives a second time would be checked by nobody.
 */
export function requirePatch(where: string, patch: InstallSummaryPatch, id: string): InstallSummaryPatch {
  return requireMembersOf(where, patch, id, aPatch);
}

function requireMembersOf(
  where: string,
  counters: InstallSummaryPatch,
  id: string,
  what: (id: string) => string,
): InstallSummaryPatch {
  const copy: { [Name in CounterName]?: number } = {};
  if (!hasMembers(counters)) throw unfit(where, what(id), counters);
  // By their names, as they are read.
  for (const name of counterNames) {
    const value: unknown = counters[name];
    if (value === undefined) continue;
    if (!isCount(value)) throw unfit(where, what(id), counters, name, value);
    copy[name] = value;
  }
  for (const name of memberNames(counters)) {
    if (isCounterName(name)) continue;
    const value: unknown = Reflect.get(counters, name);
    const isFit = name === "id" ? isId(value, id) : name.includes("@");
    if (!isFit && value !== undefined) throw unfit(where, what(id), counters, name, value);
  }
  return copy;
}

/** Ids are compared without case. */
function isId(value: unknown, id: string | undefined): boolean {
  if (typeof value !== "string") return false;
  return id === undefined || value === id || value.toLowerCase() === id.toLowerCase();
}

function aSummary(id: string | undefined): string {
  return `a whole install summary${id === undefined ? "" : ` of the app ${id}`}`;
}

function aPatch(id: string): string {
  return `a patch of the app ${id}, each counter ${aCount}`;
}

/** What results, apps and responses call the summary in them. */
const wrappers = ["summary", "installSummary", "value"];

function unfit(where: string, what: string, value: unknown, wrong?: string, found?: unknown): TypeError {
  const name = hasMembers(value) ? wrappers.find((member) => member in value) : undefined;
  const isNamed = wrong !== undefined && name === undefined;
  const got = isNamed ? `${formatValue(found)} as its ${wrong}` : formatValue(value);
  const help = name === undefined ? "" : ` Pass its .${name}.`;
  return new TypeError(`${where} must be ${what}; got ${got}.${help}`);
}
