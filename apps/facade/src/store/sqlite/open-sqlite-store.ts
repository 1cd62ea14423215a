import type { Store } from "../store.ts";
import { openConnector, type Connection } from "./connection.ts";
import { serviceFault } from "./faults.ts";
import { createGroupCommit } from "./group-commit.ts";
import { listApps } from "./list-apps.ts";
import { readApp, readSummary } from "./read.ts";

export interface SqliteStoreOptions {
  /** The path of the store's file; it is created when there is none. */
  readonly file: string;
  /** How many writes may wait for a commit. */
  readonly writes?: number;
}

/**
 * Opens a store in a SQLite file, which other processes may have open too. Throws `UserError` where the file is
 * no store, is damaged, is of a newer version or cannot be written.
 */
export async function openSqliteStore({ file, writes = 1000 }: SqliteStoreOptions): Promise<Store> {
  const connector = await openConnector(file);
  const commits = createGroupCommit(connector, writes);
  const read = <Result>(action: (connection: Connection) => Result): Promise<Result> =>
    connector.use(action).catch(rethrow);
  return {
    readSummary: (key) => read(({ statements }) => readSummary(statements, key)),
    readApp: (key) => read(({ statements }) => readApp(statements, key)),
    listApps: (query) => listApps(connector, query).catch(rethrow),
    isEmpty: (tenantId) => read(({ statements }) => statements.findApp.get(tenantId) === undefined),
    update: (key, decide, source) =>
      commits.add((transaction) => {
        const current = transaction.readSummary(key);
        if (current === undefined) return undefined;
        const decision = decide(current);
        if (decision.kind !== "changed") return { decision, current };
        transaction.change(key, current.summary, decision, source);
        return { decision, current: decision };
      }),
    importApps: (tenantId, rows, decide, source) =>
      commits.add((transaction) => {
        const decided = rows.map((row) => {
          const current = transaction.readApp({ tenantId, appId: row.app.id });
          return { row, current, decision: decide(row, current) };
        });
        for (const { current, decision } of decided) {
          if ("app" in decision) transaction.writeApp(tenantId, current, decision, source);
        }
        return decided;
      }),
    async close() {
      await commits.end();
      connector.close();
    },
  };
}

function rethrow(error: unknown): never {
  throw serviceFault(error);
}
