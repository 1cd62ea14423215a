import { parseFilter } from "../../find/filter.ts";
import { findApps } from "../../find/fuzzy.ts";
import { hasFailures } from "../../find/parse-test.ts";
import { orderOf } from "./app-order.ts";
import type { Recent } from "../../changes/recent.ts";
import type { Sort } from "./sort.ts";
import type { Staging } from "./staging.ts";
import type { KnownApp } from "../../words/known-app.ts";

/** Apps, and which of them are shown in which order. */
export interface Arranged {
  /** In the server's order. */
  readonly apps: readonly KnownApp[];
  /** Places in `apps` of the apps that are shown, from top to bottom. It is never changed. */
  readonly rows: Uint32Array;
  readonly filterText: string;
  readonly failuresOnly: boolean;
  readonly sort: Sort;
  /** What changed last, once it was read. */
  readonly recent: Recent | undefined;
  /** The best match first, while the person has not sorted since typing the filter. */
  readonly bestFirst: boolean;
  /** Whether the rows are in that order: too many matches are not ranked, nor are those by the beginnings of words. */
  readonly byMatch: boolean;
}

/** The rows that the filter lets through, in the order of the sort, or the best match first. */
export function arrangeAll(list: Arranged, staging: Staging): Pick<Arranged, "rows" | "byMatch"> {
  const { apps, failuresOnly } = list;
  const { words, tests } = parseFilter(list.filterText);
  const passesAt = (place: number): boolean => {
    const app = apps[place];
    if (app === undefined || (failuresOnly && !hasFailures(app))) return false;
    return tests.every((test) => test(app, staging.apps.has(app.id)));
  };
  const matches = words === "" ? undefined : findApps(apps, words);
  // A single match needs no ranking.
  const isRanked = matches !== undefined && (matches.ranked || matches.places.length < 2);
  if (isRanked && list.bestFirst) {
    return { rows: Uint32Array.from(matches.places.filter(passesAt)), byMatch: true };
  }
  const order = orderOf(list);
  // A long list is gone through at each key of a filter, and most filters ask nothing of the apps themselves.
  const passesAll = tests.length === 0 && !failuresOnly;
  if (matches === undefined && passesAll) return { rows: order, byMatch: false };
  const isMatch = matches === undefined ? undefined : maskOf(matches.places, apps.length);
  const rows = new Uint32Array(order.length);
  let count = 0;
  for (const place of order) {
    if ((isMatch !== undefined && isMatch[place] !== 1) || !(passesAll || passesAt(place))) continue;
    rows[count] = place;
    count += 1;
  }
  return { rows: rows.subarray(0, count), byMatch: false };
}

/** For each place whether it is one of these. */
function maskOf(places: readonly number[], length: number): Uint8Array {
  const mask = new Uint8Array(length);
  for (const place of places) mask[place] = 1;
  return mask;
}
