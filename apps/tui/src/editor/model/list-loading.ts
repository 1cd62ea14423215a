import { keepTexts } from "../../find/fuzzy.ts";
import { nameOf } from "../../words/app-name.ts";
import { currentApp, readSoFar, type AppList, type Loading, type Moment } from "./app-list.ts";
import { growOrder, moveInOrder } from "./app-order.ts";
import { arrangeAll } from "./arrange.ts";
import type { Staging } from "./staging.ts";
import type { KnownApp } from "../../words/known-app.ts";

/** Starts to read the list anew; what is there stays until as much has come. `asked` is what is staged, where the person asks. */
export function startLoading(list: AppList, since: Moment, asked?: Staging["apps"]): AppList {
  const generation = list.generation + 1;
  const apps = list.apps.length === 0 ? list.apps : [];
  return { ...list, generation, loading: { generation, since, asked, apps, ahead: [] } };
}

/** Whether a page of the list may be older than what is known of an app, since it was asked for earlier. */
export function isPageOutdated({ knownAt, loading }: AppList, appId: string): boolean {
  return (loading?.since.eventCount ?? 0) < (knownAt.get(appId) ?? 0);
}

/** Whether a reading of one app, asked for in this event, may be older than what is known of it. */
export function isReadingOutdated({ knownAt, pageAt }: AppList, appId: string, askedAt: number): boolean {
  return askedAt < Math.max(pageAt, knownAt.get(appId) ?? 0);
}

/** Takes in a page. `at` is the number of the event in which it came. */
export function addPage(
  list: AppList,
  page: readonly KnownApp[],
  count: number | undefined,
  staging: Staging,
  at: number,
): AppList {
  if (list.loading === undefined) return list;
  const loading: Loading = { ...list.loading, ahead: [...list.loading.ahead, page] };
  const counted = { ...list, loading, count: count ?? list.count, pageAt: at };
  const length = readSoFar(loading);
  // Pages are shown as they come, but not where that would make rows vanish for a while.
  if (list.complete || length < list.apps.length || length < loading.apps.length * growth) return counted;
  const apps = allOf(loading);
  const grown = { ...counted, loading: { ...loading, apps, ahead: [] }, apps, ...timesOfReading(list) };
  if (list.apps === list.loading.apps) growOrder(list, grown);
  return withRows(grown, staging);
}

/** A list is taken in anew when it is longer by a quarter, so that all its copies together are a few times its length. */
const growth = 1.25;

function allOf({ apps, ahead }: Loading): readonly KnownApp[] {
  return ahead.length === 0 ? apps : [...apps, ...ahead.flat()];
}

/** Everything has come. The person's app stays, and those with staged edits, also where the server has them no more. */
export function finishLoading(list: AppList, staging: Staging): AppList {
  if (list.loading === undefined) return list;
  const loaded = allOf(list.loading);
  const current = list.cursorId === undefined ? undefined : currentApp(list);
  const kept = new Map([...staging.apps].map(([id, { app }]) => [id, app]));
  if (current !== undefined && !kept.has(current.id)) kept.set(current.id, current);
  for (const { id } of loaded) kept.delete(id);
  const apps = kept.size === 0 ? loaded : [...loaded, ...kept.values()];
  const read = timesOfReading(list);
  const finished = { ...list, ...read, apps, loading: undefined, complete: true, count: apps.length };
  if (list.apps === apps) return finished;
  if (list.apps === list.loading.apps) growOrder(list, finished);
  return withRows(finished, staging);
}

/** Reading the list has failed; what came before stays. */
export function stopLoading(list: AppList): AppList {
  return { ...list, loading: undefined };
}

/** Remembers that what was asked for about an app before this event is no longer to be believed. */
export function markKnown(list: AppList, appId: string, at: number): AppList {
  return { ...list, knownAt: new Map(list.knownAt).set(appId, at) };
}

/** Replaces one app by what was learned of it in this event; no row moves. */
export function replaceApp(list: AppList, app: KnownApp, moment: Moment): AppList {
  return replaceApps(list, new Map([[app.id, app]]), moment);
}

/** The same for some apps, by their ids. What is known of all is looked through once. */
export function replaceApps(
  list: AppList,
  replacements: ReadonlyMap<string, KnownApp>,
  { eventCount, now }: Moment,
): AppList {
  if (replacements.size === 0) return list;
  const { loading } = list;
  const apps = replaceIn(list.apps, replacements, list);
  const replaced = loading && {
    ...loading,
    // The two stay one where they are: then what comes is added to what is shown.
    apps: loading.apps === list.apps ? apps : replaceIn(loading.apps, replacements),
    ahead: loading.ahead.map((page) => replaceIn(page, replacements)),
  };
  const readAtOf = new Map(list.readAtOf);
  const knownAt = new Map(list.knownAt);
  for (const id of replacements.keys()) {
    readAtOf.set(id, now);
    knownAt.set(id, eventCount);
  }
  return { ...list, apps, loading: replaced, readAtOf, knownAt };
}

/** The apps with some of them replaced. What is known of those in the list, such as their order, is kept. */
function replaceIn(
  apps: readonly KnownApp[],
  replacements: ReadonlyMap<string, KnownApp>,
  list?: AppList,
): readonly KnownApp[] {
  const places = new Set<number>();
  const after = apps.slice();
  for (let place = 0; place < apps.length; place += 1) {
    const replacement = replacements.get(apps[place]?.id ?? "");
    if (replacement === undefined) continue;
    after[place] = replacement;
    places.add(place);
  }
  if (places.size === 0) return apps;
  const isSameText = (place: number): boolean => {
    const [one, other] = [apps[place], after[place]];
    if (one === undefined || other === undefined) return false;
    return nameOf(one) === nameOf(other) && one.publisher === other.publisher;
  };
  if ([...places].every(isSameText)) keepTexts(apps, after);
  if (list !== undefined) moveInOrder(list, { ...list, apps: after }, places);
  return after;
}

/** The times at which apps were read once the pages of a reading are shown; what was read later than it began stays. */
function timesOfReading({ readAt, readAtOf, loading }: AppList): Pick<AppList, "readAt" | "readAtOf"> {
  if (loading === undefined) return { readAt, readAtOf };
  const { now } = loading.since;
  return { readAt: now, readAtOf: new Map([...readAtOf].filter(([, at]) => at > now)) };
}

/**
 * Arranges the rows anew. The person stays on the same app, at the same height of the screen, also where it is none of
 * the rows any more.
 */
function withRows(before: AppList, staging: Staging): AppList {
  const list = { ...before, ...arrangeAll(before, staging) };
  const { cursorId, cursorRow, rows } = list;
  if (cursorId === undefined) return { ...list, cursorRow: 0, top: 0 };
  const row = rows.findIndex((place) => list.apps[place]?.id === cursorId);
  if (row >= 0) return { ...list, cursorRow: row, top: Math.max(0, row - (cursorRow - list.top)) };
  const place = list.apps.findIndex((app) => app.id === cursorId);
  const at = Math.min(cursorRow, rows.length);
  const shown = place < 0 ? rows : withPlace(rows, at, place);
  return { ...list, rows: shown, cursorRow: Math.max(0, Math.min(at, shown.length - 1)) };
}

function withPlace(rows: Uint32Array, at: number, place: number): Uint32Array {
  const more = new Uint32Array(rows.length + 1);
  more.set(rows.subarray(0, at));
  more[at] = place;
  more.set(rows.subarray(at), at + 1);
  return more;
}
