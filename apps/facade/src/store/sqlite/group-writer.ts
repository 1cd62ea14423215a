import type { Signal } from "@install-summary/core/service";
import { serviceFault } from "../../files/file-fault.ts";
import { sqliteCode, sqliteCodes } from "../../files/sqlite-codes.ts";
import { whenFree } from "../../files/when-free.ts";
import { settleWrite, type CurrentApp, type GroupRows, type TenantState, type Write } from "../sql/group.ts";
import { planGroup } from "../sql/plan-group.ts";
import type { Checkpointer } from "./checkpointer.ts";
import type { Connection } from "./connection.ts";
import type { Connector } from "./connector.ts";
import type { ReadStatements } from "./read-statements.ts";
import { applicationId } from "./schema.ts";

/** Writes groups through the one connection of a store, and remembers how the last one ended. */
export interface GroupWriter {
  /** Runs a group as `createGroupCommit` asks for it: at once, or once no other process writes and the log is short. */
  run(take: () => readonly Write[]): Promise<void> | undefined;
  /** Resolves while the file can be read and written; rejects with a 503 otherwise. */
  check(): Promise<void>;
}

/** What a writer of groups works with. */
export interface GroupWriterParts {
  readonly connector: Connector;
  /** Is told of each group, and may ask to wait before the next one. */
  readonly checkpointer: Checkpointer;
  /** Raised after each group that wrote something. */
  readonly committed: Signal;
  /** Is told of each group that was committed: how many writes it had, and the milliseconds that it took. */
  readonly onCommit?: ((writes: number, ms: number) => void) | undefined;
}

/** Creates the writer of a store's groups. */
export function createGroupWriter({
  connector,
  checkpointer,
  committed,
  onCommit,
}: GroupWriterParts): GroupWriter {
  /** Whether the last write reached the disk. Before the first one it is not known whether the disk takes any. */
  let isWritable = false;

  const write = (take: () => readonly Write[]): void => {
    try {
      connector.look();
      const start = performance.now();
      const end = connector.now((connection) => commitGroup(connection, take));
      if ("fault" in end) {
        isWritable = false;
        connector.note(end.fault);
      } else {
        onCommit?.(end.writes, performance.now() - start);
        checkpointer.note(end.pages);
        if (end.pages === 0) return;
        isWritable = true;
        committed.raise();
      }
    } catch (error) {
      if (sqliteCode(error) !== sqliteCodes.busy) isWritable = false;
      throw error;
    }
  };

  return {
    run(take) {
      const pause = checkpointer.pause();
      if (pause !== undefined) return pause.then(() => whenFree(() => write(take))).catch(rethrow);
      try {
        write(take);
        return undefined;
      } catch (error) {
        if (sqliteCode(error) !== sqliteCodes.busy) throw serviceFault(error);
        return whenFree(() => write(take)).catch(rethrow);
      }
    },
    check() {
      connector.look();
      return connector
        .use((connection) => {
          connection.reads.hasApps("");
          if (isWritable) return;
          commitSomething(connection);
          isWritable = true;
        })
        .catch(rethrow);
    },
  };
}

/** How a group ended: with about so many pages in the log, or with the error that failed all of its writes. */
type GroupEnd = { readonly pages: number; readonly writes: number } | { readonly fault: unknown };

/** Commits a group and settles each of its writes. Throws SQLite's busy error; then nothing was taken. */
function commitGroup({ database, reads, writes }: Connection, take: () => readonly Write[]): GroupEnd {
  writes.begin();
  // Only now, so that what arrived while another process held the file comes along.
  const group = take();
  try {
    const { outcomes, rows } = planGroup(group, readTenants(reads, group), new Date().toISOString());
    writes.writeRows(rows);
    writes.commit();
    for (const outcome of outcomes) settleWrite(outcome);
    return { pages: countPages(rows), writes: group.length };
  } catch (error) {
    // After some faults SQLite has ended the transaction by itself.
    if (database.isTransaction) writes.rollback();
    const fault = serviceFault(error, isUndone(error) ? " The change was not applied." : "");
    for (const write of group) write.fail(fault);
    return { fault: error };
  }
}

/** Summaries and apps lie scattered, one on a page; changes lie together, about ten on a page. */
function countPages({ changes, summaries, apps }: GroupRows): number {
  const pages = summaries.length + apps.length + Math.ceil(changes.length / 10);
  return pages === 0 ? 0 : pages + 3;
}

/** True where nothing reached the disk. After an I/O error a part may have. */
function isUndone(error: unknown): boolean {
  const code = sqliteCode(error);
  return code === sqliteCodes.full || code === sqliteCodes.readOnly;
}

/** Reads what the plan of a group needs: imports need apps as a whole, updates only summaries. */
function readTenants(reads: ReadStatements, group: readonly Write[]): ReadonlyMap<string, TenantState> {
  const tenants = new Map<string, TenantState & { readonly apps: Map<string, CurrentApp> }>();
  for (const write of group) {
    const { tenantId } = write;
    let tenant = tenants.get(tenantId);
    if (tenant === undefined) {
      tenant = { apps: new Map(), lastSequence: reads.readLastSequence(tenantId) };
      tenants.set(tenantId, tenant);
    }
    if (write.kind === "import") {
      for (const { appId } of write.rows) {
        const key = { tenantId, appId };
        const stored = reads.readApp(key);
        const known = stored && ({ kind: "known", ...stored } as const);
        tenant.apps.set(appId, known ?? { kind: "new", erased: reads.readErased(key) });
      }
    } else if (!tenant.apps.has(write.appId)) {
      const stored = reads.readSummary(tenantId, write.appId);
      if (stored !== undefined) tenant.apps.set(write.appId, { kind: "known", ...stored });
    }
  }
  return tenants;
}

/** Commits what changes nothing, yet is written: only that tells whether a disk that was full has room again. */
function commitSomething({ database, writes }: Connection): void {
  writes.begin();
  try {
    database.exec(`PRAGMA application_id = ${applicationId}`);
    writes.commit();
  } finally {
    if (database.isTransaction) writes.rollback();
  }
}

function rethrow(error: unknown): never {
  throw serviceFault(error);
}
