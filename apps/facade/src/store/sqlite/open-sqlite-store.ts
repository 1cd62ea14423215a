import { formatETag } from "@install-summary/core";
import { parseETagVersion } from "@install-summary/core/text";
import { serviceFault } from "../../files/file-fault.ts";
import { isDamage, sqliteCode, sqliteCodes } from "../../files/sqlite-codes.ts";
import { createGroupCommit, type GroupCommit } from "../sql/group-commit.ts";
import { settledSoon } from "../sql/settled-soon.ts";
import type { Write } from "../sql/write.ts";
import {
  type AppPage,
  createSignal,
  type ImportingStore,
  type ImportingTenantStore,
  type Signal,
  type StoredApp,
  type StoreSession,
} from "@install-summary/core/service";
import { createLoopTurns, inTurn, type LoopTurns } from "../../shares/loop-turns.ts";
import { callerKey } from "../../shares/shares.ts";
import { callerGone } from "../sql/caller-gone.ts";
import { createCheckpointer } from "./checkpointer.ts";
import type { StoreConnection } from "./connection.ts";
import { openConnector, type Connector, type ConnectorOptions } from "./connector.ts";
import { createGroupWriter } from "./group-writer.ts";
import { openChangeLog, type ChangeLogParts } from "./open-change-log.ts";
import { openErasure } from "./open-erasure.ts";
import { boundOf, isScan } from "../sql/page-sql.ts";
import type { AppRecord } from "./read-statements.ts";
import { createSearchQueue, type SearchQueue } from "./search-queue.ts";

/** Which file holds the store, and how it is served. */
export interface SqliteStoreOptions extends Pick<ConnectorOptions, "file" | "mustProve" | "mayOnlyRead"> {
  /** The maximum number of changes that wait for a commit. @default 1000 */
  readonly maxWaiting?: number;
  /** Called once the file was moved or replaced; what is in its place now is not this store. */
  readonly onMoved?: (() => void) | undefined;
  /** Called after each group, with the number of writes that wrote something, and the milliseconds that it took. */
  readonly onCommit?: ((writes: number, ms: number) => void) | undefined;
  /** The turns in which long pages are read: those of the server. @default its own */
  readonly turns?: LoopTurns | undefined;
}

/**
 * Opens a store in a SQLite file, which other processes may have open too. Throws `UserError` for a file that is
 * not a store, is damaged, is of a newer version or cannot be written.
 */
export async function openSqliteStore({
  file,
  mustProve,
  mayOnlyRead,
  maxWaiting = 1000,
  onMoved,
  onCommit,
  turns = createLoopTurns(),
}: SqliteStoreOptions): Promise<ImportingStore> {
  const connector = await openConnector({ file, mustProve, mayOnlyRead, onMoved });
  const checkpointer = createCheckpointer({ file });
  const committed = createSignal();
  const timer = setInterval(() => committed.raise(), otherCommitsEvery).unref();
  const writer = createGroupWriter({ connector, checkpointer, committed, onCommit });
  const commits = createGroupCommit<Write>({ run: (take) => writer.run(take), maxWaiting });
  const searches = createSearchQueue({ file });
  return {
    open: (session) => openTenant({ connector, commits, searches, committed, turns }, session),
    listTenants: () => connector.use(({ reads }) => reads.listTenants()).catch(rethrow),
    check: () => writer.check(),
    async close() {
      clearInterval(timer);
      // What then still waits for another program that writes is refused.
      await settledSoon(commits.end());
      await Promise.all([searches.end(), checkpointer.end()]);
      connector.close();
    },
  };
}

/** Milliseconds between two looks at what other processes have committed, while someone waits for changes. */
const otherCommitsEvery = 1000;

interface StoreParts {
  readonly connector: Connector;
  readonly commits: GroupCommit<Write>;
  readonly searches: SearchQueue;
  readonly committed: Signal;
  readonly turns: LoopTurns;
}

/** How many apps a page may have to be read as soon as it is asked for, whatever else is read. */
const longPage = 100;

function openTenant(
  { connector, commits, searches, committed, turns }: StoreParts,
  { tenantId, actor, origin, abandoned }: StoreSession,
): ImportingTenantStore {
  const read = <Result>(action: (connection: StoreConnection) => Result): Promise<Result> =>
    connector.use(action).catch(rethrow);
  const search: ChangeLogParts["search"] = async (inThread, here) => {
    // The thread opens the file by its path, so it must be this store that the path leads to.
    connector.look();
    // Where the disk had no room for another connection, this is made anew: only then is it known whether there is room.
    if (await read(({ isAlone }) => isAlone)) return read(here);
    try {
      return await inThread(searches);
    } catch (error) {
      const cause = error instanceof Error ? error.cause : undefined;
      if (isDamage(cause)) return connector.useAnew(cause, here).catch(rethrow);
      connector.note(cause);
      throw error;
    }
  };
  // Until its turn comes, the caller of a page may have gone.
  const readInTurn: ChangeLogParts["readInTurn"] = (here) =>
    inTurn(turns, callerKey({ tenantId, actor }), () =>
      abandoned?.().aborted === true ? Promise.reject(callerGone()) : read(here),
    );
  return {
    ...openChangeLog({ read, readInTurn, search, commits, committed }, { tenantId, actor, abandoned }),
    ...openErasure({ read, commits }, tenantId),
    readSummary(appId) {
      const action = ({ reads }: StoreConnection) => {
        const stored = reads.readSummary(tenantId, appId);
        return stored && { summary: stored.summary, etag: formatETag(stored.version) };
      };
      try {
        return connector.now(action);
      } catch (error) {
        return sqliteCode(error) === sqliteCodes.busy ? read(action) : Promise.reject(serviceFault(error));
      }
    },
    readApp: (appId) => read(({ reads }) => storedAppOf(reads.readApp({ tenantId, appId }))),
    async listApps(query) {
      const here = ({ readPage }: StoreConnection): AppPage => readPage(tenantId, query);
      if (!isScan(query)) return query.top > longPage ? readInTurn(here) : read(here);
      // Whom an index finds few apps for does not wait for those who search.
      const few =
        boundOf(query) !== undefined
          ? await readInTurn(({ readFew }) => readFew(tenantId, query))
          : undefined;
      return few ?? search((queue) => queue.readPage({ tenantId, actor, abandoned }, query), here);
    },
    update: (appId, decide, { requestId, clientRequestId }) =>
      new Promise((succeed, fail) => {
        const by = { tenantId, actor, origin, requestId, clientRequestId };
        commits.add({ kind: "update", ...by, appId, decide, succeed, fail });
      }),
    readChangeAfter(appId, etag) {
      const version = parseETagVersion(etag);
      if (version === undefined) return Promise.resolve(undefined);
      return read(({ reads }) => reads.readChange({ tenantId, appId }, version + 1));
    },
    isEmpty: () => read(({ reads }) => !reads.hasApps(tenantId)),
    readApps: (appIds) =>
      read(({ reads }) => appIds.map((appId) => storedAppOf(reads.readApp({ tenantId, appId })))),
    importApps: (rows, { requestId, clientRequestId }) =>
      new Promise((succeed, fail) => {
        const by = { tenantId, actor, origin, requestId, clientRequestId };
        commits.add({ kind: "import", ...by, rows, succeed, fail });
      }),
  };
}

function storedAppOf(stored: AppRecord | undefined): StoredApp | undefined {
  return stored && { app: stored.app, summary: stored.summary, etag: formatETag(stored.version) };
}

function rethrow(error: unknown): never {
  throw serviceFault(error);
}
