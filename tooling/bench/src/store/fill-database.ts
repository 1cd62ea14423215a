import { openStore, parseStoreLocation } from "@install-summary/facade/store";
import { fillFrom, type FilledStore, type FillOptions } from "./fill-store.ts";
import { spread } from "./fill-tables.ts";

/** An empty database, and how statements are run in it. */
export interface EmptyDatabase {
  readonly url: string;
  readonly query: (text: string) => Promise<readonly Readonly<Record<string, unknown>>[]>;
}

/**
 * Makes a store in a database as `fillStore` makes one in a file: one app as any app comes in, and the others as copies of its
 * rows, in seconds where an import would take minutes.
 */
export async function fillDatabase(
  { url, query }: EmptyDatabase,
  options: FillOptions,
): Promise<FilledStore> {
  const store = parseStoreLocation(url, "/");
  if (store === undefined) throw new Error("The server of the bench has no URL.");
  return fillFrom(
    (limits) => openStore({ store, limits }),
    options,
    () => copyRows(query, options),
  );
}

async function copyRows(query: EmptyDatabase["query"], { apps, changes }: FillOptions): Promise<void> {
  const app = `(n * ${spread}) % ${apps}`;
  const number = "lpad(n::text, 7, '0')";
  const copy = async ({ table, from, to, source = table, where = "true", set }: Copy): Promise<void> => {
    if (from >= to) return;
    const rows = await query(
      `SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = '${table}'`,
    );
    const columns = rows.map((row) => String(row["column_name"]));
    const values = columns.map((column) => set(column) ?? `t.${column}`);
    await query(`INSERT INTO ${table} (${columns.join(", ")}) SELECT ${values.join(", ")}
      FROM generate_series(${from}::bigint, ${to - 1}) n CROSS JOIN (SELECT * FROM ${source} WHERE ${where} LIMIT 1) t`);
  };
  await copy({
    table: "mobile_app",
    from: 1,
    to: apps,
    set: (column) => {
      if (column === "id") return idOf("n");
      return /name/.test(column) ? `replace(t.${column}, '0000000', ${number})` : undefined;
    },
  });
  await copy({
    table: "install_summary_change",
    from: 1,
    to: apps,
    where: "sequence = 1",
    set: setOf({ sequence: "n + 1", app_id: idOf(app) }),
  });
  await copy({
    table: "install_summary_change",
    from: apps,
    to: changes,
    where: "sequence = 1",
    set: setOf({
      sequence: "n + 1",
      app_id: idOf(app),
      previous_sequence: `n - ${apps} + 1`,
      version: `n / ${apps} + 1`,
      origin: "'api'",
      before: `json_build_object('failedDeviceCount',
        CASE WHEN n < 2 * ${apps} THEN (t.after::json ->> 'failedDeviceCount')::bigint ELSE n - ${apps} END)::text`,
      after: "json_build_object('failedDeviceCount', n)::text",
    }),
  });
  await query("CREATE TABLE first_summary AS SELECT * FROM install_summary");
  await query("DELETE FROM install_summary");
  await copy({
    table: "install_summary",
    // The last changes are those of each app.
    from: changes - apps,
    to: changes,
    source: "first_summary",
    set: setOf({
      app_id: idOf(app),
      failed_device_count: `CASE WHEN n < ${apps} THEN t.failed_device_count ELSE n END`,
      version: `CASE WHEN n < ${apps} THEN 1 ELSE n / ${apps} + 1 END`,
      change_sequence: "n + 1",
    }),
  });
  await query("DROP TABLE first_summary");
  await query(`UPDATE change_feed SET last = ${changes}`);
  await query("VACUUM ANALYZE");
}

function setOf(values: Readonly<Record<string, string>>): Copy["set"] {
  return (column) => values[column];
}

/** Which rows are made of the first one of a table. */
interface Copy {
  readonly table: string;
  /** The numbers of the rows: from the first to the one before the last. */
  readonly from: number;
  readonly to: number;
  readonly source?: string;
  readonly where?: string;
  /** What a column holds that is not as in the first row; `n` is the number. */
  readonly set: (column: string) => string | undefined;
}

/** The id of an app by number, as `appIdOf` makes it. */
function idOf(number: string): string {
  return `lpad(to_hex((((${number}) + 1) * 2654435761) & 4294967295), 8, '0') || '-0000-4000-8000-' || lpad((${number})::text, 12, '0')`;
}
