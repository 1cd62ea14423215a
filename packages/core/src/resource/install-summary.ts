import { formatValue } from "../text/format-value.ts";
import { hasMembers } from "../text/object-kind.ts";
import { notFit } from "../text/require-members.ts";
import { counterNames, isCount, isCounterName, type CounterName } from "./counters.ts";

/** The OData type of an install summary, as on the wire. */
export const installSummaryType = "#microsoft.graph.mobileAppInstallSummary";

/**
 * How many devices and users have an app installed, failed, pending, not installed, not applicable.
 * Every counter is a whole number from 0 to 2147483647.
 *
 * Source: Microsoft Graph beta, resource type `mobileAppInstallSummary`.
 */
export interface InstallSummary {
  /** The key of the entity: the id of the mobile app that it belongs to. */
  readonly id: string;
  readonly installedDeviceCount: number;
  readonly failedDeviceCount: number;
  readonly notApplicableDeviceCount: number;
  readonly notInstalledDeviceCount: number;
  readonly pendingInstallDeviceCount: number;
  readonly installedUserCount: number;
  readonly failedUserCount: number;
  readonly notApplicableUserCount: number;
  readonly notInstalledUserCount: number;
  readonly pendingInstallUserCount: number;
}

/**
 * Makes a summary of ten counters: `valueOf` gives the value of each. Throws `TypeError` for an id that is not a text and
 * for anything but a function.
 */
export function createSummary(id: string, valueOf: (name: CounterName) => number): InstallSummary {
  if (typeof id !== "string") throw notFit("id of createSummary", id, "a text");
  if (typeof valueOf !== "function") throw notFit("valueOf of createSummary", valueOf, "a function");
  // Written out, so that every summary is an object of one shape and the compiler checks that all ten are there.
  return {
    id,
    installedDeviceCount: valueOf("installedDeviceCount"),
    failedDeviceCount: valueOf("failedDeviceCount"),
    notApplicableDeviceCount: valueOf("notApplicableDeviceCount"),
    notInstalledDeviceCount: valueOf("notInstalledDeviceCount"),
    pendingInstallDeviceCount: valueOf("pendingInstallDeviceCount"),
    installedUserCount: valueOf("installedUserCount"),
    failedUserCount: valueOf("failedUserCount"),
    notApplicableUserCount: valueOf("notApplicableUserCount"),
    notInstalledUserCount: valueOf("notInstalledUserCount"),
    pendingInstallUserCount: valueOf("pendingInstallUserCount"),
  };
}

/** Some of the ten counters with their new, absolute values. A counter that is absent stays as it is. */
export type InstallSummaryPatch = { readonly [Name in CounterName]?: number | undefined };

/** A summary with the ETag of its version, as it appears inside other responses. */
export type TaggedSummary = InstallSummary & { readonly "@odata.etag"?: string | undefined };

// The door of the functions that work on summaries. TypeScript keeps other values out; plain JavaScript would get wrong
// results from them without a word. `where` names the argument, such as `theirs of rebase`.

/** Throws `TypeError` for anything but a whole summary, of the app with that id if one is given. */
export function requireSummary(where: string, summary: InstallSummary, id?: string): void {
  if (typeof summary !== "object" || summary === null) throw unfit(where, id, summary);
  if (!isId(summary.id, id)) throw unfit(where, id, summary, "id", summary.id);
  // A loop, since every request comes here, and `find` takes four times as long.
  for (const name of counterNames) {
    if (!isCount(summary[name])) throw unfit(where, id, summary, name, summary[name]);
  }
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
