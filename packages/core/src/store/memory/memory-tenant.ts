import { formatETag, parseETagVersion } from "../../http/etag.ts";
import { diff } from "../../patch/decide-patch.ts";
import type { AppImport, ChangeRequest, ImportDecision, StoredApp, TenantStore } from "../store.ts";
import {
  changeSummary,
  createState,
  findChangeAfter,
  toStoredApp,
  type AppState,
  type Changer,
} from "./app-state.ts";
import { readPage } from "./read-page.ts";

/** A tenant's apps by their ids. Each change makes a new one. */
export type TenantState = ReadonlyMap<string, AppState>;

/** What a tenant of a memory store works with. */
export interface TenantAccess {
  readonly actor: string;
  readonly read: () => TenantState;
  readonly write: (state: TenantState) => void;
  /** Records the latest change of an app. */
  readonly record: (state: AppState, request: ChangeRequest) => void;
  /** The highest version that the tenant's erased apps had. */
  readonly erasedVersion: () => number;
  /** Whether the change that made a version of an app was removed from the log. */
  readonly isRemoved: (appId: string, version: number) => boolean;
}

/** Opens the apps of one tenant. */
export function openMemoryTenant({
  actor,
  read,
  write,
  record,
  erasedVersion,
  isRemoved,
}: TenantAccess): TenantStore & AppImport {
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
      if (state === undefined || version === undefined || isRemoved(appId, version + 1)) return undefined;
      return findChangeAfter(state, version);
    },
    isEmpty: async () => read().size === 0,
    readApps: async (appIds) => appIds.map(find),
    async importApps(rows, request) {
      const next = new Map(read());
      const by = { actor, clientRequestId: request.clientRequestId };
      const changed: AppState[] = [];
      const decisions = rows.map(({ appId, decide }) => {
        const current = next.get(appId);
        const decision = decide(storedApp(current));
        const state = applyImport(current, decision, by, erasedVersion() + 1);
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
  firstVersion: number,
): AppState | undefined {
  if (decision.kind === "created") return createState(decision, by, firstVersion);
  if (decision.kind !== "changed" || current === undefined) return undefined;
  const { app = current.app, summary = current.summary } = decision;
  const isAltered = Object.keys(diff(current.summary, summary)).length > 0;
  return { ...(isAltered ? changeSummary(current, summary, by) : current), app };
}

function storedApp(state: AppState | undefined): StoredApp | undefined {
  return state && toStoredApp(state);
}
