import { textOf } from "../sql/row-values.ts";
import { formatHost, type PostgresLocation } from "../postgres-location.ts";
import { tryRoom, tryStore } from "./check-store.ts";
import { openDatabase } from "./database.ts";
import { readSchema } from "./open-store-database.ts";
import { migrations } from "./schema.ts";
import { startFault } from "./start-fault.ts";
import type { Connection } from "./statement.ts";

/**
 * Says in a sentence which server and store there are. Tries a write, which is rolled back, so nothing is changed. Rejects
 * with `UserError` where they cannot be used.
 */
export async function describePostgresStore(location: PostgresLocation, isPooled: boolean): Promise<string> {
  const database = openDatabase({ location, maxConnections: 1, isPooled });
  try {
    // A transaction, whose settings are the service's own behind a pooler too.
    return await database.transact((connection) => describe(connection, location), { isKept: () => false });
  } catch (error) {
    throw startFault(error, location);
  } finally {
    await database.end();
  }
}

async function describe(connection: Connection, location: PostgresLocation): Promise<string> {
  const schema = await readSchema(connection, location);
  const { rows } = await connection.run({ name: "", text: serverQuery });
  const [row = {}] = rows;
  const server = `PostgreSQL ${textOf(row, "version")} of ${location.hosts.map(formatHost).join(", ")}`;
  const where = commitWords.get(textOf(row, "commits")) ?? "on its own disk";
  const commits = `it acknowledges a commit once that is ${where}`;
  if (schema === 0)
    return `${server} has the empty database ${location.database}; import and serve make a store of it; ${commits}`;
  if (schema === migrations.length) {
    await tryStore(connection, connection.run);
    await tryRoom(connection);
  }
  const age =
    schema < migrations.length
      ? "a store of an older version, which serve migrates"
      : "a store of this version";
  return `${server} has ${age} in the database ${location.database}; ${commits}`;
}

const serverQuery = `SELECT current_setting('server_version') AS version,
  CASE WHEN current_setting('synchronous_standby_names') = '' THEN 'local' ELSE current_setting('synchronous_commit') END
    AS commits`;

const commitWords: ReadonlyMap<string, string> = new Map([
  ["remote_write", "at a standby, and on its own disk"],
  ["on", "on the disk of a standby too"],
  ["remote_apply", "on the disk of a standby too"],
]);
