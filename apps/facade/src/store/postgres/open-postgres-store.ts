import { formatETag } from "@install-summary/core";
import {
  createSignal,
  type ImportingStore,
  type ImportingTenantStore,
  type Signal,
  type StoreSession,
} from "@install-summary/core/service";
import type { PostgresLocation } from "../postgres-location.ts";
import { checkStore } from "./check-store.ts";
import { openDatabase } from "./database.ts";
import { createGroupWriter } from "./group-writer.ts";
import { openStoreDatabase } from "./open-store-database.ts";
import { openWrites, type TenantWrites } from "./open-writes.ts";
import { readFeed, readSummary } from "./read-statements.ts";
import { createReader, type Reader } from "./reader.ts";
import { createTenantQueues, type TenantQueues } from "./tenant-queues.ts";

/** Which database holds the store, and how it is used. */
export interface PostgresStoreOptions {
  readonly location: PostgresLocation;
  /** The maximum number of connections. @default 10 */
  readonly maxConnections?: number;
  /** Whether a pooler in front of the server gives each transaction another session. @default false */
  readonly isPooled?: boolean;
  /** The maximum number of writes of a tenant that wait for a commit. @default 1000 */
  readonly maxWaiting?: number;
  /** Called after each commit, with the number of writes in it and the milliseconds that it took. */
  readonly onCommit?: ((writes: number, ms: number) => void) | undefined;
}

/** A store in PostgreSQL, which other facades may have open too. */
export interface PostgresStore extends Pick<ImportingStore, "check" | "close"> {
  open(session: StoreSession): PostgresTenant;
}

/** One tenant of it. */
export interface PostgresTenant
  extends TenantWrites, Pick<ImportingTenantStore, "readSummary" | "waitForChanges"> {}

/**
 * Opens a store in a database, which becomes one where it is empty. Throws `UserError` for a database that cannot be reached,
 * is not a store, or is of a newer version.
 */
export async function openPostgresStore({
  location,
  maxConnections = 10,
  isPooled = false,
  maxWaiting = 1000,
  onCommit,
}: PostgresStoreOptions): Promise<PostgresStore> {
  const database = openDatabase({ location, maxConnections, isPooled });
  await openStoreDatabase(database, location);
  const committed = createSignal();
  const timer = setInterval(() => committed.raise(), otherCommitsEvery).unref();
  const writer = createGroupWriter({ database, committed, onCommit });
  const queues = createTenantQueues({ run: (tenantId, take) => writer.run(tenantId, take), maxWaiting });
  const read = createReader(database);
  return {
    open: (session) => openTenant({ read, queues, committed }, session),
    check: () => checkStore(database, writer),
    async close() {
      clearInterval(timer);
      await queues.end();
      await database.end();
    },
  };
}

/** Milliseconds between two looks at what other instances have committed, while someone waits for changes. */
const otherCommitsEvery = 1000;

interface StoreParts {
  readonly read: Reader;
  readonly queues: TenantQueues;
  readonly committed: Signal;
}

function openTenant({ read, queues, committed }: StoreParts, session: StoreSession): PostgresTenant {
  const { tenantId } = session;
  return {
    ...openWrites(session, { read, commits: () => queues.of(tenantId) }),
    async readSummary(appId) {
      const stored = await read((connection) => readSummary(connection, tenantId, appId));
      return stored && { summary: stored.summary, etag: formatETag(stored.version) };
    },
    async waitForChanges(after, signal) {
      const hasChanges = async (): Promise<boolean> =>
        (await read((connection) => readFeed(connection, tenantId))).last > after;
      while (!signal.aborted && !(await hasChanges())) await committed.wait(signal);
    },
  };
}
