import { UserError } from "@install-summary/command-line/errors";
import type { PostgresLocation } from "../postgres-location.ts";
import { textOf, wholeOf, wholeOrNull, type SqlRow } from "../sql/row-values.ts";
import type { Database } from "./database.ts";
import { migrate } from "./migrate.ts";
import { retrying } from "./retrying.ts";
import { migrations, storeTable } from "./schema.ts";
import { serversOf, startFault } from "./start-fault.ts";
import type { Connection } from "./statement.ts";

/** The oldest server, as PostgreSQL writes its version as a number. */
const oldestVersion = 150_000;

/**
 * Makes sure that a database is a store of this version: an empty one becomes one, an older store is taken forward. Throws
 * `UserError` for a database that cannot be used, which is left as it is.
 */
export async function openStoreDatabase(
  database: Database,
  location: PostgresLocation,
  mustExist: boolean,
): Promise<void> {
  try {
    const schema = await retrying(() => database.use((connection) => readSchema(connection, location)));
    if (schema === 0 && mustExist) throw noStore(location);
    if (schema < migrations.length) await migrate(database);
  } catch (error) {
    throw startFault(error, location);
  }
}

/** The number of steps that the store's schema has taken; 0 for an empty database. Throws `UserError` for any other. */
export async function readSchema({ run }: Connection, location: PostgresLocation): Promise<number> {
  const { rows } = await run({ name: "", text: inspection });
  const [row = {}] = rows;
  checkServer(row, location);
  if (row["has_store"] !== true) {
    if (row["found"] !== null) throw notEmpty(textOf(row, "found"), location);
    return 0;
  }
  const { rows: store } = await run({ name: "", text: `SELECT max(schema) AS schema FROM ${storeTable}` });
  const schema = wholeOrNull(store[0] ?? {}, "schema") ?? 0;
  if (schema > migrations.length) throw newerSchema(schema, location);
  return schema;
}

/** What extensions have made does not count. */
const inspection = `SELECT current_setting('server_version_num')::integer AS version,
    current_setting('server_version') AS version_name, current_setting('server_encoding') AS encoding,
    current_schema() AS schema, to_regclass('${storeTable}') IS NOT NULL AS has_store,
    (SELECT min(c.relname)::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
        AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')) AS found`;

function checkServer(row: SqlRow, location: PostgresLocation): void {
  const { database, user } = location;
  if (wholeOf(row, "version") < oldestVersion) {
    throw new UserError(
      `${serversOf(location)} is PostgreSQL ${textOf(row, "version_name")}. Use version 15 or later.`,
    );
  }
  if (textOf(row, "encoding") !== "UTF8") {
    throw new UserError(
      `The database ${database} has the encoding ${textOf(row, "encoding")}. Create one with the encoding UTF8.`,
    );
  }
  if (row["schema"] === null) {
    throw new UserError(
      `The user ${user} has no schema in the database ${database}. Create one, or let the user into it: GRANT USAGE, CREATE ON SCHEMA public TO "${user}".`,
    );
  }
}

function noStore({ database }: PostgresLocation): UserError {
  return new UserError(`The database ${database} holds no store yet. serve and import make one.`);
}

function notEmpty(table: string, { database }: PostgresLocation): UserError {
  return new UserError(
    `The database ${database} holds the table ${table} and is not a store of Install Summary. It was left as it is; name an empty database.`,
  );
}

function newerSchema(schema: number, { database }: PostgresLocation): UserError {
  return new UserError(
    `The store in the database ${database} was written by a newer version (its schema is ${schema}, this version knows ` +
      `${migrations.length}). It was left as it is; start the newer version.`,
  );
}
