import type { CounterName, CounterState } from "@install-summary/core";
import type { ListedApp } from "@install-summary/core/client";
import { stateLabels } from "@install-summary/core/text";
import { counterOf, states } from "./counter-grid.ts";

/** What the list can be sorted by: a counter, or something else of an app. */
export type SortColumn = CounterState | "share" | "name";

/** The order of the list. */
export interface Sort {
  readonly column: SortColumn;
  /** Counters are those of users instead of devices. */
  readonly users: boolean;
  readonly descending: boolean;
}

/** The order at the start: the most failures first. */
export const firstSort: Sort = { column: "failed", users: false, descending: true };

interface SortChoice {
  readonly key: string;
  readonly column: SortColumn;
  readonly label: string;
}

const stateKeys: Readonly<Record<CounterState, string>> = {
  installed: "i",
  failed: "f",
  notApplicable: "a",
  notInstalled: "n",
  pendingInstall: "p",
};

/** The sort menu: a key for each column. */
export const sortChoices: readonly SortChoice[] = [
  ...states.map((state) => ({
    key: stateKeys[state],
    column: state,
    label: stateLabels[state].shortLabel.toLowerCase(),
  })),
  { key: "t", column: "share", label: "share failed" },
  { key: "m", column: "name", label: "name" },
];

/** How a sort is called, such as `failed users`. */
export function sortLabel({ column, users }: Sort): string {
  const label = sortChoices.find((choice) => choice.column === column)?.label ?? column;
  return users && column !== "name" ? `${label} users` : label;
}

/** The number that a sort puts apps in order by; undefined where it is by text. */
function sortValue(app: ListedApp, { column, users }: Sort): number | undefined {
  if (column === "name") return undefined;
  if (column === "share") return failedShare(app, users);
  return countOf(app, column, users);
}

/** The counter that a sort is about; undefined where it is about something else. */
export function sortedCounter({ column, users }: Sort): CounterName | undefined {
  if (column === "name") return undefined;
  return counterOf(column === "share" ? "failed" : column, users ? "user" : "device");
}

/** The value of the counter of a state. */
export function countOf({ installSummary }: ListedApp, state: CounterState, users: boolean): number {
  return installSummary[counterOf(state, users ? "user" : "device")];
}

/** All devices, or users, of an app. */
export function totalOf(app: ListedApp, users: boolean): number {
  return states.reduce((sum, state) => sum + countOf(app, state, users), 0);
}

/** The share of all devices, or users, that failed: 0 to 1. */
export function failedShare(app: ListedApp, users: boolean): number {
  const total = totalOf(app, users);
  return total === 0 ? 0 : countOf(app, "failed", users) / total;
}

/** Whether an app fails much: 5 % or more, rounded as the list shows it. Most fail somewhere. */
export function failsOften(app: ListedApp, { users }: Sort): boolean {
  return Math.round(failedShare(app, users) * 100) >= 5;
}

/** Says which of two apps, given by their place in the server's order, comes first. */
export type Compare = (one: number, other: number) => number;

/** The order of a sort. Ties keep the server's order, which is by name. */
export function compareBy(apps: readonly ListedApp[], sort: Sort): Compare {
  const keys: (number | string | undefined)[] = [];
  const keyOf = (index: number): number | string => {
    const app = apps[index];
    return (keys[index] ??= app === undefined ? 0 : sortKey(app, sort));
  };
  const sign = sort.descending ? -1 : 1;
  return (one, other) => {
    const left = keyOf(one);
    const right = keyOf(other);
    if (left === right) return one - other;
    return left < right ? -sign : sign;
  };
}

function sortKey(app: ListedApp, sort: Sort): number | string {
  if (sort.column === "name") return nameOf(app).toLocaleLowerCase();
  return sortValue(app, sort) ?? 0;
}

/** The name of an app, or its id where it has none. */
export function nameOf(app: ListedApp): string {
  return app.displayName === null || app.displayName.trim() === "" ? app.id : app.displayName;
}
