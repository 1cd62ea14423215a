import { formatETag } from "@install-summary/core";
import { createSignal, type ImportingTenantStore, type StoreSession } from "@install-summary/core/service";
import type { PostgresLocation } from "../postgres-location.ts";
import { createGroupCommit, type GroupCommit } from "../sql/group-commit.ts";
import type { PlannedWrite } from "../sql/write.ts";
import { openDatabase, type Database } from "./database.ts";
import { createGroupWriter } from "./group-writer.ts";
import { migrate } from "./migrate.ts";
import { readSummary } from "./read-statements.ts";

/** Which database holds the store, and how it is used. */
export interface PostgresStoreOptions {
  readonly location: PostgresLocation;
  /** The maximum number of connections. @default 10 */
  readonly maxConnections?: number;
  /** The maximum number of changes of a tenant that wait for a commit. @default 1000 */
  readonly maxWaiting?: number;
  /** Called after each commit, with the number of writes in it and the milliseconds that it took. */
  readonly onCommit?: ((writes: number, ms: number) => void) | undefined;
}

/** A store in PostgreSQL, which other facades may have open too. */
export interface PostgresStore {
  open(session: StoreSession): PostgresTenant;
  close(): Promise<void>;
}

/** One tenant of it. */
export type PostgresTenant = Pick<ImportingTenantStore, "readSummary" | "update" | "importApps">;

/** Opens a store in a database, which becomes one where it is empty. */
export async function openPostgresStore({
  location,
  maxConnections = 10,
  maxWaiting = 1000,
  onCommit,
}: PostgresStoreOptions): Promise<PostgresStore> {
  const database = openDatabase({ location, maxConnections });
  const committed = createSignal();
  const writer = createGroupWriter({ database, committed, onCommit });
  const queues = new Map<string, GroupCommit<PlannedWrite>>();
  /** Each tenant has a queue of its own, since only one of its groups can be committed at a time. */
  const queueOf = (tenantId: string): GroupCommit<PlannedWrite> => {
    const found = queues.get(tenantId);
    if (found !== undefined) return found;
    const queue = createGroupCommit<PlannedWrite>({ run: (take) => writer.run(tenantId, take), maxWaiting });
    queues.set(tenantId, queue);
    return queue;
  };
  await migrate(database);
  return {
    open: (session) => openTenant(database, queueOf, session),
    async close() {
      await Promise.all([...queues.values()].map((queue) => queue.end()));
      await database.end();
    },
  };
}

function openTenant(
  database: Database,
  queueOf: (tenantId: string) => GroupCommit<PlannedWrite>,
  { tenantId, actor, origin }: StoreSession,
): PostgresTenant {
  return {
    async readSummary(appId) {
      const stored = await database.use((connection) => readSummary(connection, tenantId, appId));
      return stored && { summary: stored.summary, etag: formatETag(stored.version) };
    },
    update: (appId, decide, { requestId, clientRequestId }) =>
      new Promise((succeed, fail) => {
        const by = { tenantId, actor, origin, requestId, clientRequestId };
        queueOf(tenantId).add({ kind: "update", ...by, appId, decide, succeed, fail });
      }),
    importApps: (rows, { requestId, clientRequestId }) =>
      new Promise((succeed, fail) => {
        const by = { tenantId, actor, origin, requestId, clientRequestId };
        queueOf(tenantId).add({ kind: "import", ...by, rows, succeed, fail });
      }),
  };
}
