import type { Recent } from "../../changes/recent.ts";
import { compareBy, compareFew, type Compare, type Sort } from "./sort.ts";
import type { KnownApp } from "../../words/known-app.ts";

/** Apps, and what puts them in order. */
export interface Sortable {
  readonly apps: readonly KnownApp[];
  readonly sort: Sort;
  readonly recent: Recent | undefined;
}

interface Order extends Pick<Sortable, "sort" | "recent"> {
  /** The places of all apps, in order. */
  readonly places: Uint32Array;
}

// Apps are replaced, never changed, so they are put in order once and not at each key of a filter.
const known = new WeakMap<readonly KnownApp[], Order>();

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

/** The same for apps of which those in some places were replaced: they go to where they belong, and all others stay in order. */
export function moveInOrder(before: Sortable, list: Sortable, places: ReadonlySet<number>): void {
  const old = knownOrder(before);
  if (old === undefined) return;
  const compare = compareFew(list);
  const others = old.filter((place) => !places.has(place));
  const order = new Uint32Array(others.length + places.size);
  let taken = 0;
  let at = 0;
  for (const place of [...places].toSorted(compare)) {
    const end = firstAfter(others, place, compare);
    order.set(others.subarray(taken, end), at);
    at += end - taken;
    order[at] = place;
    at += 1;
    taken = end;
  }
  order.set(others.subarray(taken), at);
  remember(list, order);
}

/** Where in an order the first place is that comes after another one. */
function firstAfter(order: Uint32Array, place: number, compare: Compare): number {
  let low = 0;
  let high = order.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compare(order[middle] ?? 0, place) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
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
