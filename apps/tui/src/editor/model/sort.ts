import type { Recent } from "../../changes/recent.ts";
import type { CounterName, CounterState } from "@install-summary/core";
import { stateLabels } from "@install-summary/core/text";
import { failedShare } from "../../words/share.ts";
import { nameOf } from "../../words/app-name.ts";
import { counterOf, states } from "./counter-grid.ts";
import type { KnownApp } from "../../words/known-app.ts";

/** What the list can be sorted by: a counter, or something else of an app. */
export type SortColumn = CounterState | "share" | "name" | "changed";

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
  { key: "c", column: "changed", label: "changed last" },
];

/** How a sort is called, such as `failed users`. */
export function sortLabel(sort: Sort): string {
  const label = sortChoices.find((choice) => choice.column === sort.column)?.label ?? sort.column;
  return sort.users && sortedCounter(sort) !== undefined ? `${label} users` : label;
}

/** The counter that a sort is about; undefined where it is about something else. */
export function sortedCounter({ column, users }: Sort): CounterName | undefined {
  if (column === "name" || column === "changed") return undefined;
  return counterOf(column === "share" ? "failed" : column, users ? "user" : "device");
}

/** The value of the counter of a state. */
export function countOf({ installSummary }: KnownApp, state: CounterState, users: boolean): number {
  return installSummary[counterOf(state, users ? "user" : "device")];
}

/** All devices, or users, of an app. */
export function totalOf(app: KnownApp, users: boolean): number {
  return states.reduce((sum, state) => sum + countOf(app, state, users), 0);
}

/** Whether an app fails much: 5 % or more, rounded as the list shows it. Most fail somewhere. */
export function failsOften(app: KnownApp, { users }: Sort): boolean {
  return Math.round(failedShare(app, users) * 100) >= 5;
}

/** Says which of two apps, given by their place in the server's order, comes first. */
export type Compare = (one: number, other: number) => number;

/** The order of a sort. Ties keep the server's order, which is by name. */
export function compareBy({ apps, sort, recent }: SortBasis): Compare {
  const sign = sort.descending ? -1 : 1;
  if (sort.column === "name") return byKeys(apps.map(nameKey), sign);
  return byKeys(
    Float64Array.from(apps, (app) => sortValue(app, sort, recent)),
    sign,
  );
}

/** The same without looking at all apps first, for a few comparisons. */
export function compareFew({ apps, sort, recent }: SortBasis): Compare {
  const sign = sort.descending ? -1 : 1;
  const keyAt = (place: number): number | string => {
    const app = apps[place];
    if (app === undefined) return 0;
    return sort.column === "name" ? nameKey(app) : sortValue(app, sort, recent);
  };
  return (one, other) => compareKeys(keyAt(one), keyAt(other), one - other, sign);
}

function nameKey(app: KnownApp): string {
  return nameOf(app).toLocaleLowerCase();
}

interface SortBasis {
  readonly apps: readonly KnownApp[];
  readonly sort: Sort;
  readonly recent: Recent | undefined;
}

function byKeys(keys: ArrayLike<number | string>, sign: number): Compare {
  return (one, other) => compareKeys(keys[one] ?? 0, keys[other] ?? 0, one - other, sign);
}

function compareKeys(left: number | string, right: number | string, otherwise: number, sign: number): number {
  if (left === right) return otherwise;
  return left < right ? -sign : sign;
}

/** The number that a sort puts apps in order by. */
function sortValue(app: KnownApp, { column, users }: Sort, recent: Recent | undefined): number {
  if (column === "name") return 0;
  // What is not among the latest changes changed earlier, or never.
  if (column === "changed") return recent?.get(app.id) ?? -1;
  return column === "share" ? failedShare(app, users) : countOf(app, column, users);
}
