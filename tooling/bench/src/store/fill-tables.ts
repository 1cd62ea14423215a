import type { DatabaseSync } from "node:sqlite";

/** Numbers that follow each other name apps that are far apart; it has no divisor in common with a number of apps. */
export const spread = 7_368_787;

/**
 * Fills the tables of a store that has one app. The others are copies of it under their own ids and names. After the
 * changes that made the apps come those of a counter, of each app in turn, so that each names the one before it.
 */
export function fillTables(
  database: DatabaseSync,
  { apps, changes }: { readonly apps: number; readonly changes: number },
): void {
  const app = `(n * ${spread}) % ${apps}`;
  // The numbers are in the text: they are ours.
  database.exec(`
    PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -400000; PRAGMA temp_store = MEMORY;
    BEGIN;
    ${copyRows("mobile_app", {
      rows: numbers(1, apps),
      set: { id: idOf("n"), display_name: nameOf("Sample"), name_key: nameOf("sample") },
      // In the order of the key, which is several times faster.
      order: idOf("n"),
    })};
    ${copyRows("install_summary_change", {
      rows: numbers(1, apps),
      set: { sequence: "n + 1", app_id: idOf(app) },
    })};
    ${copyRows("install_summary_change", {
      rows: numbers(apps, changes),
      set: {
        sequence: "n + 1",
        app_id: idOf(app),
        previous_sequence: `n - ${apps} + 1`,
        version: `n / ${apps} + 1`,
        origin: "'api'",
        before: `json_object('failedDeviceCount', iif(n < 2 * ${apps}, json_extract(t.after, '$.failedDeviceCount'), n - ${apps}))`,
        after: "json_object('failedDeviceCount', n)",
      },
    })};
    CREATE TEMP TABLE first_summary AS SELECT * FROM install_summary;
    DELETE FROM install_summary;
    ${copyRows("install_summary", {
      // The last changes are those of each app.
      rows: numbers(changes - apps, changes),
      from: "first_summary",
      set: {
        app_id: idOf(app),
        failed_device_count: `iif(n < ${apps}, t.failed_device_count, n)`,
        version: `iif(n < ${apps}, 1, n / ${apps} + 1)`,
        change_sequence: "n + 1",
      },
      order: idOf(app),
    })};
    UPDATE change_feed SET last = ${changes};
    COMMIT;
    PRAGMA journal_mode = WAL;`);

  function copyRows(table: string, { rows, from = table, set, order }: Copy): string {
    const columns = database
      .prepare("SELECT name FROM pragma_table_info(?)")
      .all(table)
      .map(({ name }) => String(name));
    const values = columns.map((column) => set[column] ?? `t.${column}`);
    // One row of the table is there: that of the first app, or its change.
    const first =
      from === "install_summary_change"
        ? `(SELECT * FROM ${from} WHERE sequence = 1)`
        : `(SELECT * FROM ${from} LIMIT 1)`;
    return `INSERT INTO ${table} (${columns.join(", ")})
      WITH RECURSIVE series (n) AS (${rows})
      SELECT ${values.join(", ")} FROM series CROSS JOIN ${first} t ${order === undefined ? "" : `ORDER BY ${order}`}`;
  }
}

/** Which rows are made of the first one. */
interface Copy {
  /** A query for the numbers of the rows. */
  readonly rows: string;
  readonly from?: string;
  /** What a column holds that is not as in the first row; `n` is the number. */
  readonly set: Readonly<Record<string, string>>;
  readonly order?: string;
}

function numbers(from: number, to: number): string {
  return `SELECT ${from} WHERE ${from} < ${to} UNION ALL SELECT n + 1 FROM series WHERE n + 1 < ${to}`;
}

/** The id of an app by number, as `appIdOf` makes it. */
function idOf(number: string): string {
  return `printf('%08x-0000-4000-8000-%012d', (((${number}) + 1) * 2654435761) & 4294967295, ${number})`;
}

/** The name of an app by number, as `appNameOf` makes it. */
function nameOf(first: string): string {
  return `printf('${first} application %07d', n)`;
}
