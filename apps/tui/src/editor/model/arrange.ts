import type { ListedApp } from "@install-summary/core/client";
import { hasFailures, parseTypedFilter } from "../../words/filter.ts";
import { findApps } from "./fuzzy.ts";
import { compareBy, type Sort } from "./sort.ts";
import type { Staging } from "./staging.ts";

/** Apps, and which of them are shown in which order. */
export interface Arranged {
  /** In the server's order. */
  readonly apps: readonly ListedApp[];
  /** Places in `apps` of the apps that are shown, from top to bottom. */
  readonly rows: readonly number[];
  readonly filterText: string;
  readonly failuresOnly: boolean;
  readonly sort: Sort;
  /** The best match first, while the person has not sorted since typing the filter. */
  readonly bestFirst: boolean;
}

/** The rows that the filter lets through, in the order of the sort, or the best match first. */
export function arrangeAll(list: Arranged, staging: Staging): readonly number[] {
  const filter = parseTypedFilter(list.filterText);
  const passes = (app: ListedApp): boolean =>
    (!list.failuresOnly || hasFailures(app)) &&
    filter.tests.every((test) => test(app, staging.apps.has(app.id)));
  const passesAt = (place: number): boolean => {
    const app = list.apps[place];
    return app !== undefined && passes(app);
  };
  const matches =
    filter.words === ""
      ? { places: list.apps.map((_, place) => place), ranked: false }
      : findApps(list.apps, filter.words);
  const rows = matches.places.filter(passesAt);
  return matches.ranked && list.bestFirst ? rows : rows.toSorted(compareBy(list.apps, list.sort));
}

/** The rows with those of the apps from `from` on sorted in: cheaper than all anew, page after page. */
export function mergeRows(list: Arranged, from: number, staging: Staging): readonly number[] {
  if (list.filterText.trim() !== "") return arrangeAll(list, staging);
  const compare = compareBy(list.apps, list.sort);
  const added: number[] = [];
  for (let place = from; place < list.apps.length; place += 1) {
    const app = list.apps[place];
    if (app !== undefined && (!list.failuresOnly || hasFailures(app))) added.push(place);
  }
  added.sort(compare);
  const merged: number[] = [];
  let next = 0;
  for (const row of list.rows) {
    while (next < added.length && compare(added[next] ?? 0, row) < 0) {
      merged.push(added[next] ?? 0);
      next += 1;
    }
    merged.push(row);
  }
  return [...merged, ...added.slice(next)];
}
