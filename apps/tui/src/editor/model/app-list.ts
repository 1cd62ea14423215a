import type { Arranged } from "./arrange.ts";
import { firstSort } from "./sort.ts";
import type { Staging } from "./staging.ts";
import type { KnownApp } from "../../words/known-app.ts";

/** When something happened: the number of the event, which tells what came first, and the time in milliseconds. */
export interface Moment {
  readonly eventCount: number;
  readonly now: number;
}

/** A reading of the list, page by page. */
export interface Loading {
  /** Tells the responses of this reading from those of earlier ones. */
  readonly generation: number;
  /** When it began. */
  readonly since: Moment;
  /** What was staged when the person asked for it, and moves to what it finds; undefined where nobody has asked. */
  readonly asked: Staging["apps"] | undefined;
  /** What came so far; shown at once when nothing else is there to show. */
  readonly apps: readonly KnownApp[];
  /** The pages that came since, which are taken in together: long lists are copied less often then. */
  readonly ahead: readonly (readonly KnownApp[])[];
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
  /** When the apps that are shown were asked for, in milliseconds. */
  readonly readAt: number;
  /** The same for apps that were read or sent one by one since. */
  readonly readAtOf: ReadonlyMap<string, number>;
}

/** The list before anything was read. */
export const emptyList: AppList = {
  apps: [],
  rows: new Uint32Array(),
  filterText: "",
  failuresOnly: false,
  sort: firstSort,
  recent: undefined,
  bestFirst: false,
  byMatch: false,
  cursorId: undefined,
  cursorRow: 0,
  top: 0,
  generation: 0,
  loading: undefined,
  count: undefined,
  complete: false,
  knownAt: new Map(),
  pageAt: 0,
  readAt: 0,
  readAtOf: new Map(),
};

/** The app in a row. */
export function appInRow(list: AppList, row: number): KnownApp | undefined {
  const place = list.rows[row];
  return place === undefined ? undefined : list.apps[place];
}

/** The app where the person is. */
export function currentApp(list: AppList): KnownApp | undefined {
  return appInRow(list, list.cursorRow);
}

/** The app as it was last read. */
export function findApp(list: AppList, id: string): KnownApp | undefined {
  return list.apps.find((app) => app.id === id);
}

/** When an app was last read, in milliseconds. */
export function timeOfReading({ readAt, readAtOf }: AppList, id: string): number {
  return readAtOf.get(id) ?? readAt;
}

/** How many apps a reading has brought so far. */
export function readSoFar({ apps, ahead }: Loading): number {
  return ahead.reduce((sum, page) => sum + page.length, apps.length);
}
