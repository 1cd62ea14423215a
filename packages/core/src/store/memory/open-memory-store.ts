import type { ImportingStore } from "../store.ts";
import { shuttingDown } from "../unavailable.ts";
import { createMemoryLogs } from "./memory-log.ts";
import { openMemoryTenant, type TenantState } from "./memory-tenant.ts";

/** Opens a store over states of tenants: the definition of the port, and a store for tests. */
export function openMemoryStore(tenants: Map<string, TenantState> = new Map()): ImportingStore {
  const logs = createMemoryLogs();
  /** By tenant, the highest version of its apps that were erased. */
  const erasedVersions = new Map<string, number>();
  let isClosed = false;
  const checkOpen = (): void => {
    if (isClosed) throw shuttingDown();
  };
  return {
    open({ tenantId, actor, origin }) {
      const read = (): TenantState => tenants.get(tenantId) ?? new Map();
      const log = logs.open(tenantId, (appId) => read().get(appId)?.app.displayName ?? null);
      return {
        ...openMemoryTenant({
          actor,
          read() {
            checkOpen();
            return read();
          },
          write: (state) => void tenants.set(tenantId, state),
          record: (state, request) => logs.append(tenantId, { ...request, state, origin }),
          erasedVersion: () => erasedVersions.get(tenantId) ?? 0,
          isRemoved: (appId, version) => logs.isRemoved(tenantId, appId, version),
        }),
        ...log,
        async measure() {
          const { changes } = await log.readChanges({ order: "asc", top: Number.POSITIVE_INFINITY });
          return { apps: read().size, changes: changes.length };
        },
        async erase() {
          checkOpen();
          const states = [...read().values()];
          if (states.length === 0) return { apps: 0, changes: 0 };
          const versions = [erasedVersions.get(tenantId) ?? 0, ...states.map(({ version }) => version)];
          erasedVersions.set(tenantId, Math.max(...versions));
          tenants.delete(tenantId);
          return { apps: states.length, changes: logs.erase(tenantId) };
        },
      };
    },
    listTenants: async () => [...tenants].filter(([, state]) => state.size > 0).map(([tenantId]) => tenantId),
    check: async () => checkOpen(),
    close() {
      isClosed = true;
      return Promise.resolve();
    },
  };
}
