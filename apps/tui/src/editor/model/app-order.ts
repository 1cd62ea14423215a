import type { ListedApp } from "@install-summary/core/client";
import type { Recent } from "../../changes/recent.ts";
import { compareBy, compareFew, type Compare, type Sort } from "./sort.ts";

/** Apps, and what puts them in order. */
export interface Sortable {
  readonly apps: readonly ListedApp[];
  readonly sort: Sort;
  readonly recent: Recent | undefined;
}

interface Order extends Pick<Sortable, "sort" | "recent"> {
  /** The places of all apps, in order. */
  readonly places: Uint32Array;
}

// Apps are replaced, never changed, so they are put in order once and not at each key of a filter.
const known = new WeakMap<readonly ListedApp[], Order>();

/** The places of all apps in the order of the sort. */
export function orderOf(list: Sortable): Uint32Array {
  const { apps } = list;
  return knownOrder(list) ?? remember(list, Uint32Array.from(apps.keys()).toSorted(compareBy(list)));
}

/** The same for apps that begin with those of `before`: only the others are put in order, and sorted in. */
export function growOrder(before: Sortable, list: Sortable): void {
  const old = knownOrder({ ...list, apps: before.apps });
  if (old === undefined) return;
  const compare = compareBy(list);
  const added = new Uint32Array(list.apps.length - before.apps.length).map(
    (_, at) => before.apps.length + at,
  );
  remember(list, merge(old, added.toSorted(compare), compare));
}

/** The same for apps of which the one in a place was replaced: it goes to where it belongs, and all others stay in order. */
export function moveInOrder(before: Sortable, list: Sortable, place: number): void {
  const old = knownOrder(before);
  const from = old?.indexOf(place) ?? -1;
  if (old === undefined || from < 0) return;
  const compare = compareFew(list);
  const places = old.slice();
  places.copyWithin(from, from + 1);
  // Among the others: the first that comes after it.
  let low = 0;
  let high = places.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compare(places[middle] ?? 0, place) < 0) low = middle + 1;
    else high = middle;
  }
  places.copyWithin(low + 1, low, places.length - 1);
  places[low] = place;
  remember(list, places);
}

function knownOrder({ apps, sort, recent }: Sortable): Uint32Array | undefined {
  const order = known.get(apps);
  return order?.sort === sort && order.recent === recent ? order.places : undefined;
}

function remember({ apps, sort, recent }: Sortable, places: Uint32Array): Uint32Array {
  known.set(apps, { sort, recent, places });
  return places;
}

function merge(one: Uint32Array, other: Uint32Array, compare: Compare): Uint32Array {
  const merged = new Uint32Array(one.length + other.length);
  let next = 0;
  let at = 0;
  for (const place of one) {
    for (let added = other[next]; added !== undefined && compare(added, place) < 0; added = other[next]) {
      merged[at] = added;
      at += 1;
      next += 1;
    }
    merged[at] = place;
    at += 1;
  }
  merged.set(other.subarray(next), at);
  return merged;
}
