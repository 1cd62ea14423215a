import { openStore, parseStoreLocation } from "@install-summary/facade/store";
import { startPostgres, whyNoPostgres, type PostgresServer } from "@tooling/postgres";
import { access } from "node:fs/promises";
import { join } from "node:path";
import type { Case, FutureTarget, Sample, Target } from "../judging/measurement.ts";
import { facadeAgain, facadeExport, facadeImport, measureRun, type ImportRun } from "./import-runs.ts";
import { measureSessions, noSessionUsage } from "./session-usage.ts";

/** Imports into PostgreSQL and exports from it. They end with the suite. */
export interface PostgresImport extends AsyncDisposable {
  readonly cases: readonly Case[];
  readonly targets: readonly Target[];
  readonly future: readonly FutureTarget[];
}

/** What is imported: a report in a folder for files. */
export interface PostgresImportOptions {
  readonly folder: string;
  readonly report: string;
  readonly rows: number;
}

const tables = ["mobile_app", "install_summary", "install_summary_change"] as const;

/**
 * Imports and exports of the facade, against the same rows that the server copies from files and into one by itself. What is
 * counted is the processor time of both, the program and the server's sessions.
 */
export async function openPostgresImport({
  folder,
  report,
  rows,
}: PostgresImportOptions): Promise<PostgresImport> {
  const missing = whyNoPostgres() ?? noSessionUsage();
  const targets = targetsOf(rows);
  if (missing !== undefined) {
    const future = targets.map(({ target }) => ({ target, needs: missing }));
    return { cases: [], targets: [], future, async [Symbol.asyncDispose]() {} };
  }
  await using opened = new AsyncDisposableStack();
  const settings = { shared_buffers: "256MB", max_wal_size: "4GB", autovacuum: "off" };
  const server = opened.use(await startPostgres({ settings }));
  const filled = await server.createDatabase();
  const measure = (database: string, run: ImportRun): Promise<Sample> =>
    measureSessions(server, database, rows, () =>
      measureRun(folder, { ...run, env: { INSTALL_SUMMARY_STORE: server.url(database) } })(),
    );
  await measure(filled, facadeImport(report, rows));
  for (const table of tables) await server.query(`COPY ${table} TO '${fileOf(server, table)}'`, [], filled);
  const closing = opened.move();
  return {
    cases: [
      {
        case: caseOf.import(rows),
        variants: [
          {
            variant: "facade",
            role: "ours",
            warmUp: async () => undefined,
            measure: () => inNew(server, (database) => measure(database, facadeImport(report, rows))),
          },
          {
            variant: "bare COPY",
            role: "limit",
            warmUp: async () => undefined,
            measure: () => inNew(server, (database) => copyTables(server, database, rows)),
          },
        ],
      },
      {
        case: caseOf.again(rows),
        variants: [
          {
            variant: "facade",
            role: "ours",
            warmUp: async () => undefined,
            measure: () => measure(filled, facadeAgain(report, rows)),
          },
        ],
      },
      {
        case: caseOf.export(rows),
        variants: [
          {
            variant: "facade",
            role: "ours",
            warmUp: async () => undefined,
            measure: () => measure(filled, facadeExport(rows)),
          },
          {
            variant: "bare COPY",
            role: "limit",
            warmUp: async () => undefined,
            measure: () => copyApps(server, filled, rows),
          },
        ],
      },
    ],
    targets,
    future: [],
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  };
}

const caseOf = {
  import: (rows: number) => `PostgreSQL, import, ${rows} rows`,
  again: (rows: number) => `PostgreSQL, import again, ${rows} rows`,
  export: (rows: number) => `PostgreSQL, export, ${rows} apps`,
} as const;

function targetsOf(rows: number): readonly Target[] {
  const over = { metric: "cpuUs", ours: "facade", over: "bare COPY", wanted: "at most" } as const;
  return [
    {
      target: `import of ${rows} rows into PostgreSQL, over a bare COPY into the same three tables`,
      case: caseOf.import(rows),
      ...over,
      goal: 4,
      floor: 6,
    },
    {
      target: `export of ${rows} apps from PostgreSQL, over a bare COPY of the same query`,
      case: caseOf.export(rows),
      ...over,
      goal: 4,
      floor: 6,
    },
  ];
}

/** Measures with a store that holds nothing. */
async function inNew(
  server: PostgresServer,
  measure: (database: string) => Promise<Sample>,
): Promise<Sample> {
  const database = await server.createDatabase();
  try {
    return await measure(database);
  } finally {
    await server.dropDatabase(database);
  }
}

/** Copies the rows of all tables from files, each table in one statement. */
async function copyTables(server: PostgresServer, database: string, rows: number): Promise<Sample> {
  const store = parseStoreLocation(server.url(database), "/");
  if (store === undefined) throw new Error("The server of the bench has no URL.");
  await (await openStore({ store, limits: { writes: 1 } })).close();
  return measureSessions(server, database, rows, () =>
    timed(rows, async () => {
      for (const table of tables)
        await server.query(`COPY ${table} FROM '${fileOf(server, table)}'`, [], database);
      const [found] = await server.query(
        "SELECT count(*) AS count FROM install_summary_change",
        [],
        database,
      );
      return Number(found?.["count"]);
    }),
  );
}

/** Copies what an export holds into a file. */
function copyApps(server: PostgresServer, database: string, rows: number): Promise<Sample> {
  const file = fileOf(server, "export");
  const query = `SELECT m.id, m.display_name, m.publisher, m.odata_type, s.* FROM mobile_app m
    JOIN install_summary s ON s.tenant_id = m.tenant_id AND s.app_id = m.id ORDER BY m.tenant_id, m.name_key, m.id`;
  return measureSessions(server, database, rows, () =>
    timed(rows, async () => {
      await server.query(`COPY (${query}) TO '${file}' WITH (FORMAT csv)`, [], database);
      await access(file);
      return rows;
    }),
  );
}

async function timed(rows: number, work: () => Promise<number>): Promise<Sample> {
  const start = performance.now();
  const done = await work();
  return { rate: (rows * 1000) / (performance.now() - start), bad: Math.abs(rows - done) };
}

/** A file that the server itself reads and writes. */
function fileOf({ folder }: PostgresServer, name: string): string {
  return join(folder, `${name}.copy`);
}
