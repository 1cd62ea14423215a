import { counters, type Counter, type CounterName, type CounterScope } from "../resource/counters.ts";
import type { InstallSummary } from "../resource/install-summary.ts";
import { requireSummary } from "../resource/require-summary.ts";
import { notFit, requireNames } from "../text/require-members.ts";

const codes = [
  "deviceTotalChanged",
  "userTotalChanged",
  "usersWithoutDevices",
  "failedUsersWithoutFailedDevices",
  "largeChange",
] as const;

/** The kinds of warnings. */
export type WarningCode = (typeof codes)[number];

/** A reason to look again before a change is sent. */
export interface PlausibilityWarning {
  readonly code: WarningCode;
  /** One sentence with the numbers. */
  readonly message: string;
  /** The counters concerned, in the order of the specification. */
  readonly counters: readonly CounterName[];
}

/** Which warnings to leave out. */
export interface WarningOptions {
  /** The codes of the warnings to leave out. */
  readonly off?: readonly WarningCode[];
}

/**
 * Finds what looks implausible about a change, in the order of the codes below. A change of nothing has no warnings, and a
 * warning is never an error. Throws `TypeError` for anything but whole summaries of one app, and for an unknown code.
 *
 * - `deviceTotalChanged`, `userTotalChanged`: the sum of the five counters of a scope changes, although an edit mostly
 *   moves devices or users from one state to another.
 * - `usersWithoutDevices`: there are users but no devices.
 * - `failedUsersWithoutFailedDevices`: there are failed users but no failed devices, and one of the two counters changes.
 * - `largeChange`, for each such counter: it changes by 10 or more, at least doubles or halves, and its larger value is
 *   more than 5 % of the larger total of its scope. One digit too many or too few has this effect.
 */
export function warnings(
  before: InstallSummary,
  after: InstallSummary,
  options: WarningOptions = {},
): readonly PlausibilityWarning[] {
  requireNames("options of warnings", options, ["off"]);
  const { off = [] } = options;
  if (!Array.isArray(off)) throw notFit("options.off of warnings", off, "a list");
  const unknown = off.filter((code) => !codes.includes(code));
  if (unknown.length > 0)
    throw notFit("A code in options.off of warnings", unknown[0], `one of ${codes.join(", ")}`);
  requireSummary("before of warnings", before);
  requireSummary("after of warnings", after, before.id);
  const changed = counters.filter(({ name }) => before[name] !== after[name]);
  if (changed.length === 0) return [];
  const change = { before, after, changed };
  const found = [
    totalChanged("deviceTotalChanged", "device", change),
    totalChanged("userTotalChanged", "user", change),
    usersWithoutDevices(change),
    failedUsersWithoutFailedDevices(change),
    ...changed.map((counter) => largeChange(counter, change)),
  ];
  return found.filter((warning) => warning !== undefined).filter(({ code }) => !off.includes(code));
}

interface Change {
  readonly before: InstallSummary;
  readonly after: InstallSummary;
  readonly changed: readonly Counter[];
}

type Found = PlausibilityWarning | undefined;

function totalChanged(code: WarningCode, scope: CounterScope, { before, after, changed }: Change): Found {
  const was = total(before, scope);
  const is = total(after, scope);
  if (was === is) return undefined;
  return {
    code,
    message: `The ${scope}s would add up to ${is} instead of ${was}: a change mostly moves ${scope}s from one state to another.`,
    counters: changed.filter((counter) => counter.scope === scope).map(({ name }) => name),
  };
}

function usersWithoutDevices({ after }: Change): Found {
  const users = total(after, "user");
  if (users === 0 || total(after, "device") > 0) return undefined;
  const named = counters.filter(({ scope, name }) => scope === "user" && after[name] > 0);
  return {
    code: "usersWithoutDevices",
    message: `The users would add up to ${users} while there are no devices.`,
    counters: named.map(({ name }) => name),
  };
}

function failedUsersWithoutFailedDevices({ after, changed }: Change): Found {
  if (after.failedUserCount === 0 || after.failedDeviceCount > 0) return undefined;
  if (!changed.some(({ state }) => state === "failed")) return undefined;
  return {
    code: "failedUsersWithoutFailedDevices",
    message: `Failed users would be ${after.failedUserCount} while failed devices are 0.`,
    counters: ["failedDeviceCount", "failedUserCount"],
  };
}

function largeChange({ name, label, scope }: Counter, { before, after }: Change): Found {
  const was = before[name];
  const is = after[name];
  const larger = Math.max(was, is);
  const isLarge =
    Math.abs(is - was) >= 10 &&
    larger >= 2 * Math.min(was, is) &&
    larger > 0.05 * Math.max(total(before, scope), total(after, scope));
  if (!isLarge) return undefined;
  const all = total(before, scope);
  const shareBefore = all === 0 ? `no ${scope}s` : `${percent(was, all)} of all ${scope}s`;
  const shareAfter = total(after, scope) === 0 ? `no ${scope}s` : percent(is, total(after, scope));
  return {
    code: "largeChange",
    message: `${label} would go from ${was} to ${is}: ${shareBefore} before, ${shareAfter} after.`,
    counters: [name],
  };
}

function total(summary: InstallSummary, scope: CounterScope): number {
  return counters.reduce((sum, counter) => (counter.scope === scope ? sum + summary[counter.name] : sum), 0);
}

function percent(count: number, all: number): string {
  return `${Number(((count / all) * 100).toPrecision(2))} %`;
}
