import type { ListedApp } from "@install-summary/core/client";
import { arrangeAll, mergeRows, type Arranged } from "./arrange.ts";
import { firstSort } from "./sort.ts";
import type { Staging } from "./staging.ts";

/** A reading of the list, page by page. */
export interface Loading {
  /** Tells the responses of this reading from those of earlier ones. */
  readonly generation: number;
  /** The number of the event in which it began. */
  readonly startedAt: number;
  /** What came so far; shown at once when nothing else is there to show. */
  readonly apps: readonly ListedApp[];
}

/** The apps, which of them are shown in which order, and where the person is. */
export interface AppList extends Arranged {
  /** The app where the person is, by id, so that it stays when rows move; undefined until one is chosen: the first. */
  readonly cursorId: string | undefined;
  /** The row of that app. */
  readonly cursorRow: number;
  /** The first row on the screen. */
  readonly top: number;
  readonly generation: number;
  readonly loading: Loading | undefined;
  /** How many apps the server says there are. */
  readonly count: number | undefined;
  /** Whether `apps` are all there are. */
  readonly complete: boolean;
  /**
   * For apps that were read or sent one by one: the number of the event in which that last happened. What was asked for
   * before it may be older than what is known.
   */
  readonly knownAt: ReadonlyMap<string, number>;
  /** The number of the event in which a page came last. */
  readonly pageAt: number;
}

export const emptyList: AppList = {
  apps: [],
  rows: [],
  filterText: "",
  failuresOnly: false,
  sort: firstSort,
  bestFirst: false,
  cursorId: undefined,
  cursorRow: 0,
  top: 0,
  generation: 0,
  loading: undefined,
  count: undefined,
  complete: false,
  knownAt: new Map(),
  pageAt: 0,
};

/** The app in a row. */
export function appInRow(list: AppList, row: number): ListedApp | undefined {
  const place = list.rows[row];
  return place === undefined ? undefined : list.apps[place];
}

/** The app where the person is. */
export function currentApp(list: AppList): ListedApp | undefined {
  return appInRow(list, list.cursorRow);
}

/** Starts to read the list anew; what is there stays until as much has come. */
export function startLoading(list: AppList, startedAt: number): AppList {
  const generation = list.generation + 1;
  const apps = list.apps.length === 0 ? list.apps : [];
  return { ...list, generation, loading: { generation, startedAt, apps } };
}

/** Whether a page of the list may be older than what is known of an app, since it was asked for earlier. */
export function isPageOutdated({ knownAt, loading }: AppList, appId: string): boolean {
  return (loading?.startedAt ?? 0) < (knownAt.get(appId) ?? 0);
}

/** Whether a reading of one app, asked for in this event, may be older than what is known of it. */
export function isReadingOutdated({ knownAt, pageAt }: AppList, appId: string, askedAt: number): boolean {
  return askedAt < Math.max(pageAt, knownAt.get(appId) ?? 0);
}

/** Takes in a page. `at` is the number of the event in which it came. */
export function addPage(
  list: AppList,
  page: readonly ListedApp[],
  count: number | undefined,
  staging: Staging,
  at: number,
): AppList {
  if (list.loading === undefined) return list;
  const apps = [...list.loading.apps, ...page];
  const counted = { ...list, loading: { ...list.loading, apps }, count: count ?? list.count, pageAt: at };
  // Pages are shown as they come, but not where that would make rows vanish for a while.
  if (list.complete || apps.length < list.apps.length) return counted;
  const grown = { ...counted, apps };
  const isContinued = list.apps === list.loading.apps;
  const rows = isContinued ? mergeRows(grown, list.apps.length, staging) : arrangeAll(grown, staging);
  return withRows(grown, rows);
}

/** Everything has come. The person's app stays, and those with staged edits, also where the server has them no more. */
export function finishLoading(list: AppList, staging: Staging): AppList {
  if (list.loading === undefined) return list;
  const loaded = list.loading.apps;
  const ids = new Set(loaded.map((app) => app.id));
  const current = list.cursorId === undefined ? undefined : currentApp(list);
  const kept = new Map([...staging.apps].map(([id, { app }]) => [id, app]));
  if (current !== undefined && !kept.has(current.id)) kept.set(current.id, current);
  const lost = [...kept.values()].filter((app) => !ids.has(app.id));
  const apps = [...loaded, ...lost];
  const finished = { ...list, apps, loading: undefined, complete: true, count: apps.length };
  const isShown = list.apps === loaded && lost.length === 0;
  return isShown ? finished : withRows(finished, arrangeAll(finished, staging));
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
export function replaceApp(list: AppList, app: ListedApp, at: number): AppList {
  const replaceIn = (apps: readonly ListedApp[]): readonly ListedApp[] => {
    const place = apps.findIndex((other) => other.id === app.id);
    return place < 0 ? apps : apps.with(place, app);
  };
  const loading = list.loading && { ...list.loading, apps: replaceIn(list.loading.apps) };
  return markKnown({ ...list, apps: replaceIn(list.apps), loading }, app.id, at);
}

/** The app as it was last read. */
export function findApp(list: AppList, id: string): ListedApp | undefined {
  return list.apps.find((app) => app.id === id);
}

/**
 * Puts other rows in. The person stays on the same app, at the same height of the screen, also where it is none of
 * the rows any more.
 */
function withRows(list: AppList, rows: readonly number[]): AppList {
  const { cursorId, cursorRow } = list;
  if (cursorId === undefined) return { ...list, rows, cursorRow: 0, top: 0 };
  const row = rows.findIndex((place) => list.apps[place]?.id === cursorId);
  if (row >= 0) return { ...list, rows, cursorRow: row, top: Math.max(0, row - (cursorRow - list.top)) };
  const place = list.apps.findIndex((app) => app.id === cursorId);
  const at = Math.min(cursorRow, rows.length);
  const shown = place < 0 ? rows : rows.toSpliced(at, 0, place);
  return { ...list, rows: shown, cursorRow: Math.max(0, Math.min(at, shown.length - 1)) };
}
