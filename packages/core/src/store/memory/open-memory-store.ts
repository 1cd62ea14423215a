import { diff } from "../../patch/decide-patch.ts";
import { formatETag, parseETagVersion } from "../../http/etag.ts";
import type { ChangeLog } from "../change-log.ts";
import type {
  ChangeRequest,
  ImportDecision,
  ImportingStore,
  ImportingTenantStore,
  StoredApp,
} from "../store.ts";
import { shuttingDown } from "../unavailable.ts";
import {
  changeSummary,
  createState,
  findChangeAfter,
  toStoredApp,
  type AppState,
  type Changer,
} from "./app-state.ts";
import { createMemoryLogs } from "./memory-log.ts";
import { readPage } from "./read-page.ts";

/** A tenant's apps by their ids. Each change makes a new one. */
export type TenantState = ReadonlyMap<string, AppState>;

/** Opens a store over states of tenants: the definition of the port, and a store for tests. */
export function openMemoryStore(tenants: Map<string, TenantState> = new Map()): ImportingStore {
  const logs = createMemoryLogs();
  let isClosed = false;
  const checkOpen = (): void => {
    if (isClosed) throw shuttingDown();
  };
  return {
    open: ({ tenantId, actor, origin }) => ({
      ...openTenant({
        actor,
        read() {
          checkOpen();
          return tenants.get(tenantId) ?? new Map();
        },
        write: (state) => void tenants.set(tenantId, state),
        record: (state, request) => logs.append(tenantId, { ...request, state, origin }),
      }),
      ...logs.open(tenantId, (appId) => tenants.get(tenantId)?.get(appId)?.app.displayName ?? null),
    }),
    check: async () => checkOpen(),
    close() {
      isClosed = true;
      return Promise.resolve();
    },
  };
}

interface TenantAccess {
  readonly actor: string;
  readonly read: () => TenantState;
  readonly write: (state: TenantState) => void;
  /** Records the latest change of an app. */
  readonly record: (state: AppState, request: ChangeRequest) => void;
}

function openTenant({
  actor,
  read,
  write,
  record,
}: TenantAccess): Omit<ImportingTenantStore, keyof ChangeLog> {
  const find = (appId: string): StoredApp | undefined => storedApp(read().get(appId));
  return {
    readSummary: async (appId) => {
      const stored = find(appId);
      return stored && { summary: stored.summary, etag: stored.etag };
    },
    readApp: async (appId) => find(appId),
    listApps: async (query) => readPage([...read().values()], query),
    async update(appId, decide, request) {
      const state = read().get(appId);
      if (state === undefined) return undefined;
      const { summary, etag } = toStoredApp(state);
      const decision = decide({ summary, etag });
      if (decision.kind !== "changed") return { decision, current: { summary, etag } };
      const next = changeSummary(state, decision.summary, {
        actor,
        clientRequestId: request.clientRequestId,
      });
      write(new Map(read()).set(appId, next));
      record(next, request);
      return { decision, current: { summary: next.summary, etag: formatETag(next.version) } };
    },
    async readChangeAfter(appId, etag) {
      const [state, version] = [read().get(appId), parseETagVersion(etag)];
      return state && version !== undefined ? findChangeAfter(state, version) : undefined;
    },
    isEmpty: async () => read().size === 0,
    async importApps(rows, request) {
      const next = new Map(read());
      const by = { actor, clientRequestId: request.clientRequestId };
      const changed: AppState[] = [];
      const decisions = rows.map(({ appId, decide }) => {
        const current = next.get(appId);
        const decision = decide(storedApp(current));
        const state = applyImport(current, decision, by);
        if (state === undefined) return decision;
        next.set(appId, state);
        if (state.version !== current?.version) changed.push(state);
        return decision;
      });
      write(next);
      for (const state of changed) record(state, request);
      return decisions;
    },
  };
}

/** What an app becomes by the decision of an import; undefined where it stays as it is. */
function applyImport(
  current: AppState | undefined,
  decision: ImportDecision,
  by: Changer,
): AppState | undefined {
  if (decision.kind === "created") return createState(decision, by);
  if (decision.kind !== "changed" || current === undefined) return undefined;
  const { app = current.app, summary = current.summary } = decision;
  const isAltered = Object.keys(diff(current.summary, summary)).length > 0;
  return { ...(isAltered ? changeSummary(current, summary, by) : current), app };
}

function storedApp(state: AppState | undefined): StoredApp | undefined {
  return state && toStoredApp(state);
}
