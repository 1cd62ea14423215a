import { diff } from "../../patch/apply-patch.ts";
import { formatETag, parseETagVersion } from "../../http/etag.ts";
import type { MobileApp } from "../../resource/mobile-app.ts";
import type { VersionedSummary } from "../../patch/decide-patch.ts";
import type { RecordedChange } from "../../patch/judge-repetition.ts";
import { listApp } from "../list-app.ts";
import { firstPosition, formatCursor, parseCursor, type AppPosition } from "../position.ts";
import type {
  ChangeRequest,
  ImportDecision,
  ImportingStore,
  ImportingTenantStore,
  SearchTerm,
  StoredApp,
} from "../store.ts";
import { compareCodePoints, textKey } from "../text-key.ts";
import { shuttingDown } from "../unavailable.ts";

type AppState = VersionedSummary & { readonly app: MobileApp };
type TenantState = ReadonlyMap<string, AppState>;

/** Opens a store that lasts as long as its process: the definition of the port, and a store for tests. */
export function openMemoryStore(): ImportingStore {
  const tenants = new Map<string, TenantState>();
  const log = new Map<string, RecordedChange>();
  let isClosed = false;
  const checkOpen = (): void => {
    if (isClosed) throw shuttingDown();
  };
  return {
    open: ({ tenantId, actor }) =>
      openTenant({
        read() {
          checkOpen();
          return tenants.get(tenantId) ?? new Map();
        },
        write: (state) => void tenants.set(tenantId, state),
        record(before, after, { clientRequestId }) {
          const { id } = after.app;
          log.set(`${tenantId} ${id} ${after.version}`, {
            actor,
            clientRequestId,
            before: before === undefined ? {} : diff(after.summary, before.summary),
            after: before === undefined ? after.summary : diff(before.summary, after.summary),
          });
        },
        recorded: (appId, version) => log.get(`${tenantId} ${appId} ${version}`),
      }),
    check: async () => checkOpen(),
    close() {
      isClosed = true;
      return Promise.resolve();
    },
  };
}

interface TenantAccess {
  readonly read: () => TenantState;
  readonly write: (state: TenantState) => void;
  /** Records the change that made a new version of an app, or a new app. */
  readonly record: (before: AppState | undefined, after: AppState, by: ChangeRequest) => void;
  /** The change that made a version. */
  readonly recorded: (appId: string, version: number) => RecordedChange | undefined;
}

function openTenant({ read, write, record, recorded }: TenantAccess): ImportingTenantStore {
  const find = (appId: string): StoredApp | undefined => storedApp(read().get(appId));
  return {
    readSummary: async (appId) => {
      const stored = find(appId);
      return stored && { summary: stored.summary, etag: stored.etag };
    },
    readApp: async (appId) => find(appId),
    async listApps({ top, cursor, search = [], count = false }) {
      const matches = [...read().values()].filter((state) => search.every((term) => holdsTerm(state, term)));
      const after = cursor === undefined ? firstPosition : parseCursor(cursor);
      const rest = matches
        .filter((state) => comparePositions(positionOf(state), after) > 0)
        .toSorted((one, other) => comparePositions(positionOf(one), positionOf(other)));
      const last = rest.length > top ? rest[top - 1] : undefined;
      return {
        apps: rest.slice(0, top).map((state) => listApp(toStoredApp(state))),
        ...(last !== undefined && { next: formatCursor(positionOf(last)) }),
        ...(count && { count: matches.length }),
      };
    },
    async update(appId, decide, request) {
      const state = read().get(appId);
      if (state === undefined) return undefined;
      const { summary, etag } = toStoredApp(state);
      const decision = decide({ summary, etag });
      if (decision.kind !== "changed") return { decision, current: { summary, etag } };
      const next = { ...state, summary: decision.summary, version: state.version + 1 };
      write(new Map(read()).set(appId, next));
      record(state, next, request);
      return { decision, current: { summary: next.summary, etag: formatETag(next.version) } };
    },
    readChangeAfter: async (appId, etag) => recorded(appId, (parseETagVersion(etag) ?? Number.NaN) + 1),
    isEmpty: async () => read().size === 0,
    async importApps(rows, request) {
      const next = new Map(read());
      const decisions = rows.map(({ appId, decide }) => {
        const current = next.get(appId);
        const decision = decide(storedApp(current));
        const state = applyImport(current, decision);
        if (state !== undefined) next.set(appId, state);
        if (state !== undefined && state.version !== current?.version) record(current, state, request);
        return decision;
      });
      write(next);
      return decisions;
    },
  };
}

/** What an app becomes by the decision of an import; undefined where it stays as it is. */
function applyImport(current: AppState | undefined, decision: ImportDecision): AppState | undefined {
  if (decision.kind === "created") return { app: decision.app, summary: decision.summary, version: 1 };
  if (decision.kind !== "changed" || current === undefined) return undefined;
  const { app = current.app, summary = current.summary } = decision;
  const isAltered = Object.keys(diff(current.summary, summary)).length > 0;
  return { app, summary, version: current.version + (isAltered ? 1 : 0) };
}

function storedApp(state: AppState | undefined): StoredApp | undefined {
  return state && toStoredApp(state);
}

function toStoredApp({ app, summary, version }: AppState): StoredApp {
  return { app, summary, etag: formatETag(version) };
}

function holdsTerm({ app }: AppState, { word, property }: SearchTerm): boolean {
  const texts = property === undefined ? [app.displayName, app.publisher] : [app[property]];
  return texts.some((text) => textKey(text ?? "").includes(textKey(word)));
}

function positionOf({ app }: AppState): AppPosition {
  return { nameKey: textKey(app.displayName ?? ""), id: app.id };
}

function comparePositions(one: AppPosition, other: AppPosition): number {
  return compareCodePoints(one.nameKey, other.nameKey) || compareCodePoints(one.id, other.id);
}
