import { counterNames, safeParsePatchText, type InstallSummaryPatch } from "@install-summary/core";
import type { LatestChange } from "./columns.ts";
import { newFeed, type Feed } from "./feed.ts";
import type { AppKey } from "./group.ts";

/** A summary as it is stored, and its latest change. */
export interface SummaryEnd extends AppKey, LatestChange {
  readonly counters: InstallSummaryPatch;
}

/** A row of the change log, its counters still as JSON. */
export interface LogRow {
  readonly tenantId: string;
  readonly sequence: number;
  readonly previousSequence: number | null;
  readonly appId: string;
  readonly version: number;
  readonly origin: string;
  readonly before: string;
  readonly after: string;
}

/** What a store says of its past, and what came of it. */
export interface StoreHistory {
  /** By tenant and sequence. */
  readonly changes: Iterable<LogRow>;
  readonly summaries: Iterable<SummaryEnd>;
  /** By tenant, how far its log has come. */
  readonly feeds: ReadonlyMap<string, Feed>;
}

/**
 * Checks that a change log is whole, and yields a sentence for each fault. Every app has its versions once each, from 1 or
 * above those that were erased; each change names the one before it and begins with the counters that those before it came
 * to; and the summary is what they all come to. Changes may lack up to the last one of their tenant that was removed. A
 * restored app goes on with a higher version and the same counters.
 */
export function* checkChangeLog({ changes, summaries, feeds }: StoreHistory): Generator<string> {
  const check = startLogCheck(feeds);
  for (const change of changes) yield* check.change(change);
  for (const end of summaries) yield* check.summary(end);
  yield* check.end();
}

/** A check that is given what a store holds, one after the other, and yields a sentence for each fault. */
export interface LogCheck {
  /** Takes the next change, by tenant and sequence. */
  change(row: LogRow): Iterable<string>;
  /** Takes a summary; all changes come before. */
  summary(end: SummaryEnd): Iterable<string>;
  end(): Iterable<string>;
}

/** Starts the check of `checkChangeLog` for rows that come as a database sends them. */
export function startLogCheck(feeds: StoreHistory["feeds"]): LogCheck {
  const logs = new Map<string, TenantLog>();
  const logOf = (tenantId: string): TenantLog => {
    const log = logs.get(tenantId) ?? { feed: feeds.get(tenantId) ?? newFeed, last: 0, apps: new Map() };
    logs.set(tenantId, log);
    return log;
  };
  return {
    change(row) {
      const log = logOf(row.tenantId);
      log.last = row.sequence;
      return foldChange(row, log);
    },
    *summary(end) {
      const { apps, feed } = logOf(end.tenantId);
      yield* compareEnd(end, apps.get(end.appId), feed);
      apps.delete(end.appId);
    },
    *end() {
      for (const [tenantId, { apps, last, feed }] of logs) {
        for (const [appId, { version, sequence }] of apps) {
          if (version <= feed.erasedVersion) continue;
          yield `The app ${appId} of tenant ${tenantId} has changes up to ${sequence} and no summary.`;
        }
        if (feed.last >= last) continue;
        yield `The change log of tenant ${tenantId} ends with ${last}, and ${feed.last} is noted as its last: sequences would come twice.`;
      }
    },
  };
}

interface TenantLog {
  readonly feed: Feed;
  last: number;
  readonly apps: Map<string, AppState>;
}

interface AppState {
  readonly version: number;
  readonly sequence: number;
  /** Those that are known: where the oldest changes were removed, only those that later ones changed. */
  readonly counters: InstallSummaryPatch;
}

function* foldChange(change: LogRow, log: TenantLog): Generator<string> {
  const { tenantId, appId, sequence, previousSequence, version } = change;
  const { removed, erasedVersion } = log.feed;
  const place = `Change ${sequence} of app ${appId} in tenant ${tenantId}`;
  if (sequence <= removed) yield `${place} is there, and ${removed} is noted as the last that was removed.`;
  const isFirst = previousSequence === null;
  const found = log.apps.get(appId);
  // An app that comes again after it was erased begins anew, above the versions that were erased.
  const state = isFirst && (found?.version ?? 0) <= erasedVersion ? undefined : found;
  const before = safeParsePatchText(change.before);
  const after = safeParsePatchText(change.after);
  if (!before.success || !after.success) {
    yield `${place} does not hold counters as JSON.`;
    log.apps.set(appId, { version, sequence, counters: {} });
    return;
  }
  if (change.origin === "restore") {
    yield* checkRestored(place, change, state, removed);
    log.apps.set(appId, { version, sequence, counters: state?.counters ?? {} });
    return;
  }
  const isLinked =
    state !== undefined
      ? previousSequence === state.sequence && version === state.version + 1
      : isFirst
        ? version >= 1 && version <= erasedVersion + 1
        : previousSequence <= removed;
  if (!isLinked) yield notLinked(place, change, state);
  const isCreation = Object.keys(before.data).length === 0;
  if (isCreation && !isFirst) yield `${place} begins an app that was there already.`;
  if ((isCreation || isFirst) && counterNames.some((name) => after.data[name] === undefined)) {
    yield `${place} begins an app without all of its counters.`;
  }
  if (!isCreation)
    yield* compareCounters(`${place} begins with`, before.data, state?.counters ?? {}, after.data);
  log.apps.set(appId, { version, sequence, counters: { ...state?.counters, ...after.data } });
}

/** A restore takes an app's version up and its counters as they are. */
function* checkRestored(
  place: string,
  change: LogRow,
  state: AppState | undefined,
  removed: number,
): Generator<string> {
  const { previousSequence, version, before, after } = change;
  const isLinked =
    state !== undefined
      ? previousSequence === state.sequence && version > state.version
      : previousSequence === null || previousSequence <= removed;
  if (!isLinked) yield notLinked(place, change, state);
  if (before !== "{}" || after !== "{}")
    yield `${place} is a restore, which changes no counters, and names some.`;
}

function notLinked(
  place: string,
  { version, previousSequence }: LogRow,
  state: AppState | undefined,
): string {
  const known = state === undefined ? "none" : `version ${state.version} by change ${state.sequence}`;
  return `${place} makes version ${version} after change ${previousSequence ?? "none"}; the one before it is ${known}.`;
}

function* compareEnd(end: SummaryEnd, state: AppState | undefined, { removed }: Feed): Generator<string> {
  const place = `The summary of app ${end.appId} in tenant ${end.tenantId}`;
  if (state === undefined) {
    const { changeSequence } = end;
    if (changeSequence !== null && changeSequence <= removed) return;
    yield `${place} comes from change ${changeSequence ?? "none"}, which is not in the log.`;
    return;
  }
  if (end.version !== state.version || end.changeSequence !== state.sequence) {
    yield `${place} has version ${end.version} by change ${end.changeSequence ?? "none"}; its log ends with version ${state.version} by change ${state.sequence}.`;
  }
  yield* compareCounters(`${place} has`, end.counters, state.counters, state.counters);
}

/** Compares the counters that `named` has with those that are known. */
function* compareCounters(
  place: string,
  given: InstallSummaryPatch,
  known: InstallSummaryPatch,
  named: InstallSummaryPatch,
): Generator<string> {
  for (const name of counterNames) {
    const expected = known[name] ?? given[name];
    if (named[name] === undefined || (given[name] !== undefined && given[name] === expected)) continue;
    yield `${place} ${name} ${given[name] ?? "missing"}; the changes before come to ${expected ?? "no value"}.`;
  }
}
