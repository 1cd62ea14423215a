import {
  createSignal,
  type ImportingStore,
  type ImportingTenantStore,
  type Signal,
  type StoreSession,
} from "@install-summary/core/service";
import type { PostgresLocation } from "../postgres-location.ts";
import { settledSoon } from "../sql/settled-soon.ts";
import { checkStore } from "./check-store.ts";
import { openDatabase } from "./database.ts";
import { createGroupWriter } from "./group-writer.ts";
import { keepStatistics } from "./keep-statistics.ts";
import { openStoreDatabase } from "./open-store-database.ts";
import { listTenants, openReads } from "./open-reads.ts";
import { openWrites } from "./open-writes.ts";
import { createReader, type Reader } from "./reader.ts";
import { createSearches, type Searches } from "./searches.ts";
import { createTenantQueues, type TenantQueues } from "./tenant-queues.ts";

/** Which database holds the store, and how it is used. */
export interface PostgresStoreOptions {
  readonly location: PostgresLocation;
  /** The maximum number of connections. @default 10 */
  readonly maxConnections?: number;
  /** Whether a pooler in front of the server gives each transaction another session. @default false */
  readonly isPooled?: boolean;
  /** Whether an empty database is refused, instead of made a store. @default false */
  readonly mustExist?: boolean;
  /** The maximum number of writes of a tenant that wait for a commit. @default 1000 */
  readonly maxWaiting?: number;
  /** Called after each group, with the number of writes that wrote something, and the milliseconds that it took. */
  readonly onCommit?: ((writes: number, ms: number) => void) | undefined;
}

/**
 * Opens a store in a database, which other facades may have open too. An empty database becomes a store. Throws `UserError`
 * for a database that cannot be reached, is not a store, or is of a newer version.
 */
export async function openPostgresStore({
  location,
  maxConnections = 10,
  isPooled = false,
  mustExist = false,
  maxWaiting = 1000,
  onCommit,
}: PostgresStoreOptions): Promise<ImportingStore> {
  const database = openDatabase({ location, maxConnections, isPooled });
  await openStoreDatabase(database, location, mustExist).catch(async (error: unknown) => {
    await database.end();
    throw error;
  });
  const committed = createSignal();
  const timer = setInterval(() => committed.raise(), otherCommitsEvery).unref();
  const onCreated = keepStatistics(database);
  const writer = createGroupWriter({ database, committed, onCreated, onCommit });
  const queues = createTenantQueues({ run: (tenantId, take) => writer.run(tenantId, take), maxWaiting });
  const read = createReader(database);
  const searches = createSearches({ database, maxConnections });
  return {
    open: (session) => openTenant({ read, searches, queues, committed }, session),
    listTenants: () => listTenants(read),
    check: () => checkStore(database, writer),
    async close() {
      clearInterval(timer);
      await settledSoon(Promise.all([queues.end(), searches.end()]));
      database.cut();
      await database.end();
    },
  };
}

/** Milliseconds between two looks at what other instances have committed, while someone waits for changes. */
const otherCommitsEvery = 1000;

interface StoreParts {
  readonly read: Reader;
  readonly searches: Searches;
  readonly queues: TenantQueues;
  readonly committed: Signal;
}

function openTenant(
  { read, searches, queues, committed }: StoreParts,
  session: StoreSession,
): ImportingTenantStore {
  const reads = openReads({ read, searches }, session);
  return {
    ...openWrites(session, { read, commits: () => queues.of(session.tenantId) }),
    ...reads,
    async waitForChanges(after, signal) {
      while (!signal.aborted && (await reads.readLastSequence()) <= after) await committed.wait(signal);
    },
  };
}
