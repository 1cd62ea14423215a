import type { ChangeLog, ChangePage, ChangeQuery, LoggedChange } from "../change-log.ts";
import type { ChangeOrigin } from "../../resource/change-origin.ts";
import { createSignal } from "../signal.ts";
import type { ChangeRequest } from "../store.ts";
import type { AppState } from "./app-state.ts";

/** The state that a change has made, and by which request. */
export interface ChangeMade extends ChangeRequest {
  readonly state: AppState;
  readonly origin: ChangeOrigin;
}

/** The change logs of a memory store's tenants. */
export interface MemoryLogs {
  /** Appends the latest change of a state. */
  append(tenantId: string, made: ChangeMade): void;
  /** The log of a tenant, whose apps have the names that are looked up. */
  open(tenantId: string, nameOf: (appId: string) => string | null): ChangeLog;
  /** True where the change that made a version of an app was removed. */
  isRemoved(tenantId: string, appId: string, version: number): boolean;
  /** Removes all changes of a tenant that has some apps, and returns their number. */
  erase(tenantId: string): number;
}

type Logged = Omit<LoggedChange, "displayName">;

interface MemoryLog {
  readonly changes: Logged[];
  /** The last sequence that was given out. */
  last: number;
  /** The last sequence that was removed. */
  removed: number;
  /** By app, the version of its last change that was removed. */
  readonly removedVersions: Map<string, number>;
}

/** Creates logs without changes. */
export function createMemoryLogs(): MemoryLogs {
  const logs = new Map<string, MemoryLog>();
  const appended = createSignal();
  const logOf = (tenantId: string): MemoryLog => {
    const log = logs.get(tenantId) ?? { changes: [], last: 0, removed: 0, removedVersions: new Map() };
    logs.set(tenantId, log);
    return log;
  };
  return {
    append(tenantId, { state, origin, requestId, clientRequestId }) {
      if (state.latest === undefined) return;
      const { actor, before, after } = state.latest.change;
      const log = logOf(tenantId);
      log.last += 1;
      log.changes.push({
        sequence: log.last,
        appId: state.summary.id,
        version: state.version,
        changedAt: new Date().toISOString(),
        actor,
        origin,
        requestId,
        ...(clientRequestId !== undefined && { clientRequestId }),
        before,
        after,
      });
      appended.raise();
    },
    open: (tenantId, nameOf) => ({
      readChanges: async (query) => readPage(logOf(tenantId), query, nameOf),
      readLastSequence: async () => logOf(tenantId).last,
      async waitForChanges(after, signal) {
        while (logOf(tenantId).last <= after && !signal.aborted) await appended.wait(signal);
      },
      async removeChanges(before, top) {
        const { changes } = logOf(tenantId);
        const kept = changes.findIndex(({ changedAt }, at) => at === top || changedAt >= before);
        return removeOldest(logOf(tenantId), kept === -1 ? changes.length : kept);
      },
    }),
    isRemoved: (tenantId, appId, version) => version <= (logOf(tenantId).removedVersions.get(appId) ?? 0),
    erase(tenantId) {
      const log = logOf(tenantId);
      const count = removeOldest(log, log.changes.length);
      // The erasure has a number, so that the newest cursor too is from before it.
      log.last += 1;
      log.removed = log.last;
      log.removedVersions.clear();
      appended.raise();
      return count;
    },
  };
}

function removeOldest(log: MemoryLog, count: number): number {
  for (const { sequence, appId, version } of log.changes.splice(0, count)) {
    log.removed = sequence;
    log.removedVersions.set(appId, version);
  }
  return count;
}

function readPage(
  { changes: log, last, removed, removedVersions }: MemoryLog,
  query: ChangeQuery,
  nameOf: (appId: string) => string | null,
): ChangePage {
  const { top, order, after, appId } = query;
  const isAfter = ({ sequence }: Logged): boolean =>
    after === undefined || (order === "asc" ? sequence > after : sequence < after);
  const matches = log.filter((change) => isAfter(change) && matchesQuery(change, query));
  const ordered = order === "asc" ? matches : matches.toReversed();
  const changes = ordered.slice(0, top).map((change) => ({ ...change, displayName: nameOf(change.appId) }));
  const end = ordered.length > top ? changes.at(-1)?.sequence : undefined;
  const next = end ?? (order === "asc" ? last : undefined);
  const reachesOldest = order === "asc" ? (after ?? 0) <= removed : next === undefined;
  return {
    changes,
    ...(next !== undefined && { next }),
    hasGap: order === "asc" && after !== undefined && (after < removed || after > last),
    ...(reachesOldest && { olderRemoved: appId === undefined ? removed > 0 : removedVersions.has(appId) }),
  };
}

function matchesQuery(change: Logged, { appId, actor, origin, since, until }: ChangeQuery): boolean {
  return (
    (appId === undefined || change.appId === appId) &&
    (actor === undefined || change.actor === actor) &&
    (origin === undefined || change.origin === origin) &&
    (since === undefined || change.changedAt >= since) &&
    (until === undefined || change.changedAt < until)
  );
}
