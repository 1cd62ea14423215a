import type { CounterName } from "@install-summary/core";
import type { ListedChange } from "@install-summary/core/client";
import type { Failure } from "../../server/failure.ts";
import { changedCounters } from "../../words/change-words.ts";

/** How many changes one request asks for. */
export const historyPage = 100;

/** What the screen of the history shows. */
export interface History {
  /** The app that it is about; undefined for all apps. */
  readonly appId: string | undefined;
  /** Tells the responses of this reading from those of earlier ones. */
  readonly generation: number;
  /** The latest first. */
  readonly changes: readonly ListedChange[];
  /** Whether older changes can be asked for. */
  readonly hasMore: boolean;
  /** Whether the log was read to its beginning, before which changes were removed. */
  readonly isOlderRemoved: boolean;
  readonly reading: HistoryReading;
  /** The cursor of the change where the person is, so that it stays when newer ones come; undefined for the first. */
  readonly at: string | undefined;
  /** So many changes are read, page after page, for that one to be found again where the history is read anew. */
  readonly reach: number;
  /** Whether that change is shown whole. */
  readonly isWhole: boolean;
  /** The counter whose trend is shown, where the person has chosen one of those that the change set. */
  readonly counter: CounterName | undefined;
}

/** Whether changes are being read, were read, or why they could not be. */
export type HistoryReading =
  | { readonly kind: "running" }
  | { readonly kind: "done" }
  | { readonly kind: "failed"; readonly failure: Failure };

/** Changes that were read. */
export interface OlderChanges {
  readonly changes: readonly ListedChange[];
  readonly hasMore: boolean;
  readonly isOlderRemoved?: boolean;
}

/** The history before anything of it was read. */
export function newHistory(appId: string | undefined, generation: number): History {
  return {
    appId,
    generation,
    changes: [],
    hasMore: false,
    isOlderRemoved: false,
    reading: { kind: "running" },
    at: undefined,
    reach: 0,
    isWhole: false,
    counter: undefined,
  };
}

/** The same history before it is read anew: the person stays on the same change, also where newer ones have come by then. */
export function historyAnew(history: History): History {
  const { appId, generation, isWhole, counter } = history;
  const at = currentChange(history)?.cursor ?? history.at;
  const reach = Math.max(history.reach, placeInHistory(history) + historyPage);
  return { ...newHistory(appId, generation + 1), at, reach, isWhole, counter };
}

/** Whether the change where the person is may be among the older ones that are still to be read. */
export function isSought({ changes, at, reach }: History): boolean {
  return at !== undefined && changes.length < reach && changes.every(({ cursor }) => cursor !== at);
}

/** The place of the change where the person is. */
export function placeInHistory({ changes, at }: History): number {
  return Math.max(
    0,
    changes.findIndex(({ cursor }) => cursor === at),
  );
}

/** The change where the person is. */
export function currentChange(history: History): ListedChange | undefined {
  return history.changes[placeInHistory(history)];
}

/** The counter whose trend is shown: the chosen one, else the first that the change set. */
export function shownCounter(history: History): CounterName | undefined {
  const change = currentChange(history);
  if (change === undefined) return undefined;
  const names = changedCounters(change).map(({ counter }) => counter);
  return history.counter !== undefined && names.includes(history.counter) ? history.counter : names[0];
}

/** The history with older changes at its end. */
export function addOlder(
  history: History,
  { changes, hasMore, isOlderRemoved = false }: OlderChanges,
): History {
  const known = new Set(history.changes.map(({ cursor }) => cursor));
  const older = changes.filter(({ cursor }) => !known.has(cursor));
  const all = [...history.changes, ...older];
  return { ...history, changes: all, hasMore, isOlderRemoved, reading: { kind: "done" } };
}

/** How many changes are kept as newer ones come; older ones can be asked for again. */
const maxKept = 1000;

/** The history with changes at its top that were just made, oldest first. The person stays on the same change. */
export function addNewest(history: History, made: readonly ListedChange[]): History {
  // While changes are on their way, those that are shown end where these begin; the first page will have what is new.
  const isReading = history.reading.kind === "running";
  if (isReading && history.changes.length === 0) return history;
  const known = new Set(history.changes.map(({ cursor }) => cursor));
  const newest = made.filter(
    ({ appId, cursor }) => !known.has(cursor) && (history.appId === undefined || history.appId === appId),
  );
  if (newest.length === 0) return history;
  const at = history.at ?? history.changes[0]?.cursor;
  const grown = { ...history, at, changes: [...newest.toReversed(), ...history.changes] };
  const kept = isReading ? Infinity : Math.max(maxKept, placeInHistory(grown) + historyPage);
  if (grown.changes.length <= kept) return grown;
  return { ...grown, changes: grown.changes.slice(0, kept), hasMore: true };
}
