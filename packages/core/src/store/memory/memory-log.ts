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
}

type Logged = Omit<LoggedChange, "displayName">;

/** Creates logs without changes. */
export function createMemoryLogs(): MemoryLogs {
  const logs = new Map<string, Logged[]>();
  const appended = createSignal();
  const logOf = (tenantId: string): Logged[] => logs.get(tenantId) ?? [];
  return {
    append(tenantId, { state, origin, requestId, clientRequestId }) {
      if (state.latest === undefined) return;
      const { actor, before, after } = state.latest.change;
      const log = logOf(tenantId);
      logs.set(tenantId, log);
      log.push({
        sequence: log.length + 1,
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
      readLastSequence: async () => logOf(tenantId).length,
      async waitForChanges(after, signal) {
        while (logOf(tenantId).length <= after && !signal.aborted) await appended.wait(signal);
      },
    }),
  };
}

function readPage(
  log: readonly Logged[],
  query: ChangeQuery,
  nameOf: (appId: string) => string | null,
): ChangePage {
  const { top, order, after } = query;
  const last = log.length;
  const isAfter = ({ sequence }: Logged): boolean =>
    after === undefined || (order === "asc" ? sequence > after : sequence < after);
  const matches = log.filter((change) => isAfter(change) && matchesQuery(change, query));
  const ordered = order === "asc" ? matches : matches.toReversed();
  const changes = ordered.slice(0, top).map((change) => ({ ...change, displayName: nameOf(change.appId) }));
  const end = ordered.length > top ? changes.at(-1)?.sequence : undefined;
  const next = end ?? (order === "asc" ? last : undefined);
  return {
    changes,
    ...(next !== undefined && { next }),
    hasGap: order === "asc" && after !== undefined && after > last,
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
