import { counterNames, safeParsePatchText, type InstallSummaryPatch } from "@install-summary/core";
import type { LatestChange } from "./columns.ts";

/** An app of a tenant, and its latest change. */
export interface AppEnd extends LatestChange {
  readonly tenantId: string;
  readonly appId: string;
}

/** A summary as it is stored. */
export interface SummaryEnd extends AppEnd {
  readonly counters: InstallSummaryPatch;
}

/** A row of the change log, its counters still as JSON. */
export interface LogRow {
  readonly tenantId: string;
  readonly sequence: number;
  readonly previousSequence: number | null;
  readonly appId: string;
  readonly version: number;
  readonly before: string;
  readonly after: string;
}

/** What a store says of its past, and what came of it. */
export interface StoreHistory {
  /** By tenant and sequence. */
  readonly changes: Iterable<LogRow>;
  readonly summaries: Iterable<SummaryEnd>;
  readonly erased: Iterable<AppEnd>;
  /** The last sequence that each tenant's log has given out. */
  readonly lastSequences: ReadonlyMap<string, number>;
}

/**
 * Checks that a change log is whole, and yields a sentence for each fault. Every app has the versions from 1 on once each,
 * each change names the one before it and begins with the counters that those before it came to, and the summary is what
 * they all come to. The oldest changes of a tenant may have been removed.
 */
export function* checkChangeLog({
  changes,
  summaries,
  erased,
  lastSequences,
}: StoreHistory): Generator<string> {
  const erasedApps = new Map([...erased].map((end) => [keyOf(end), end]));
  const logs = new Map<string, TenantLog>();
  for (const change of changes) {
    const { tenantId, sequence } = change;
    const log = logs.get(tenantId) ?? { first: sequence, last: sequence, apps: new Map() };
    logs.set(tenantId, log);
    log.last = sequence;
    yield* foldChange(change, log, erasedApps.has(keyOf(change)));
  }
  for (const end of summaries) {
    const log = logs.get(end.tenantId);
    const first = log?.first ?? (lastSequences.get(end.tenantId) ?? 0) + 1;
    yield* compareEnd(end, log?.apps.get(end.appId), first);
    log?.apps.delete(end.appId);
  }
  for (const [tenantId, { apps, last }] of logs) {
    for (const [appId, { version, sequence }] of apps) {
      const end = erasedApps.get(keyOf({ tenantId, appId }));
      if (end?.version === version && end.changeSequence === sequence) continue;
      yield `The app ${appId} of tenant ${tenantId} has changes up to ${sequence} and no summary.`;
    }
    const given = lastSequences.get(tenantId) ?? 0;
    if (given >= last) continue;
    yield `The change log of tenant ${tenantId} ends with ${last}, and ${given} is noted as its last: sequences would come twice.`;
  }
}

interface TenantLog {
  readonly first: number;
  last: number;
  readonly apps: Map<string, AppState>;
}

interface AppState {
  readonly version: number;
  readonly sequence: number;
  /** Those that are known: where the oldest changes were removed, only those that later ones changed. */
  readonly counters: InstallSummaryPatch;
}

function* foldChange(change: LogRow, log: TenantLog, wasErased: boolean): Generator<string> {
  const { tenantId, appId, sequence, previousSequence, version } = change;
  const place = `Change ${sequence} of app ${appId} in tenant ${tenantId}`;
  const state = log.apps.get(appId);
  const before = safeParsePatchText(change.before);
  const after = safeParsePatchText(change.after);
  if (!before.success || !after.success) {
    yield `${place} does not hold counters as JSON.`;
    log.apps.set(appId, { version, sequence, counters: {} });
    return;
  }
  const isFirst = previousSequence === null;
  const isLinked =
    state !== undefined
      ? previousSequence === state.sequence && version === state.version + 1
      : isFirst
        ? version === 1
        : previousSequence < log.first;
  if (!isLinked) {
    const found = state === undefined ? "none" : `version ${state.version} by change ${state.sequence}`;
    yield `${place} makes version ${version} after change ${previousSequence ?? "none"}; the one before it is ${found}.`;
  }
  const isCreation = Object.keys(before.data).length === 0;
  if (isCreation && !isFirst && !wasErased) yield `${place} begins an app that was there already.`;
  if ((isCreation || isFirst) && counterNames.some((name) => after.data[name] === undefined)) {
    yield `${place} begins an app without all of its counters.`;
  }
  if (!isCreation)
    yield* compareCounters(`${place} begins with`, before.data, state?.counters ?? {}, after.data);
  log.apps.set(appId, { version, sequence, counters: { ...state?.counters, ...after.data } });
}

function* compareEnd(end: SummaryEnd, state: AppState | undefined, first: number): Generator<string> {
  const place = `The summary of app ${end.appId} in tenant ${end.tenantId}`;
  if (state === undefined) {
    const { changeSequence } = end;
    if (changeSequence !== null && changeSequence < first) return;
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

function keyOf({ tenantId, appId }: Pick<AppEnd, "tenantId" | "appId">): string {
  return `${tenantId}/${appId}`;
}
