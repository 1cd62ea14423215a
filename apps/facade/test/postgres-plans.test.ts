import type { AppFilter, AppQuery, ImportingStore, Operand } from "@install-summary/core/service";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { changeStatements } from "../src/store/postgres/change-statements.ts";
import { deleteStatements } from "../src/store/postgres/delete-statements.ts";
import { openPostgresStore } from "../src/store/postgres/open-postgres-store.ts";
import { sizeStatements } from "../src/store/postgres/open-writes.ts";
import { pageQueries } from "../src/store/postgres/page-queries.ts";
import { readStatements } from "../src/store/postgres/read-statements.ts";
import type { Statement } from "../src/store/postgres/statement.ts";
import { whyNoPostgres } from "@tooling/postgres";
import { locationOf, usePostgres } from "./postgres.ts";
import { addApps, otherTenantId, sampleApp, tenantId } from "./samples.ts";

const name: Operand = { kind: "property", name: "displayName" };
const value = (one: string): Operand => ({ kind: "value", value: one });
const equal = (left: Operand, one: string): AppFilter => ({
  kind: "compare",
  operator: "eq",
  left,
  right: value(one),
});
const idOf = (at: number): string => `00000000-0000-4000-8000-${String(at).padStart(12, "0")}`;
const isApp = (at: number): AppFilter => equal({ kind: "property", name: "id" }, idOf(at));
const byIds = [{ path: { kind: "property", name: "id" }, descending: false } as const];
const twenty = Array.from({ length: 20 }, (_, at) => at);

const names = "mobile_app_by_name";
const longNames = "mobile_app_by_long_name";
const apps = "mobile_app_pkey";
const summaries = "install_summary_pkey";
const changes = "install_summary_change_pkey";

describe("plans of PostgreSQL over ten thousand apps", () => {
  const { server } = usePostgres({ settings: { fsync: "off" } });
  let store: ImportingStore | undefined;
  let database = "";

  beforeAll(async () => {
    if (whyNoPostgres() !== undefined) return;
    // One that lasts for all tests of the file, as its server does.
    database = await server().createDatabase();
    store = await openPostgresStore({ location: locationOf(server().url(database)) });
    for (const [tenant, count] of [
      [tenantId, 10_000],
      [otherTenantId, 10_000],
    ] as const) {
      for (let at = 0; at < count; at += 2000) {
        const some = Array.from({ length: 2000 }, (_, index) =>
          sampleApp({ id: idOf(at + index), displayName: `App ${((at + index) * 7919) % 10_007}` }),
        );
        await addApps(store, some, tenant);
      }
    }
    await server().query("ANALYZE", [], database);
  });
  afterAll(() => store?.close());

  /** What a plan reads, and the indexes that it goes by. Without values it is the plan for whichever values. */
  const plan = async (text: string, values?: readonly unknown[]): Promise<Plan> => {
    const options = values === undefined ? "GENERIC_PLAN, FORMAT JSON" : "FORMAT JSON";
    const rows = await server().query(`EXPLAIN (${options}) ${text}`, values, database);
    const json = JSON.stringify(rows[0]?.["QUERY PLAN"]);
    const find = (form: RegExp) => [...json.matchAll(form)].map(([, found = ""]) => found);
    return {
      indexes: new Set(find(/"Index Name":"(\w+)"/g)),
      scanned: new Set(find(/"Node Type":"Seq Scan"[^{}]*?"Relation Name":"(\w+)"/g)),
    };
  };

  test.each<[string, Omit<AppQuery, "top">, readonly string[]]>([
    ["the first page", {}, [names, longNames, summaries]],
    ["a later page", { cursor: '["app 5000",""]' }, [names, longNames, summaries]],
    ["a later page by ids", { orderBy: byIds, cursor: JSON.stringify([idOf(5000)]) }, [apps, summaries]],
    ["one id", { filter: isApp(5) }, [apps, summaries]],
    ["many ids", { filter: { kind: "or", operands: twenty.map(isApp) } }, [apps, summaries]],
    ["a name", { filter: equal(name, "app 77") }, [names, longNames, summaries]],
    [
      "many names",
      { filter: { kind: "or", operands: twenty.map((at) => equal(name, `app ${at}`)) } },
      [names, longNames, summaries],
    ],
    [
      "the start of a name",
      { filter: { kind: "startsWith", text: name, part: value("app 77") } },
      [names, longNames, apps, summaries],
    ],
  ])("%s is read by indexes alone", async (_, query, indexes) => {
    const { sql, values } = pageQueries.pageSql(tenantId, { top: 100, ...query });
    const { indexes: used, scanned } = await plan(sql, values);
    expect([used, scanned]).toEqual([new Set(indexes), new Set()]);
  });

  test.each<[Statement, readonly string[]]>([
    [readStatements.readSummary, [summaries]],
    [readStatements.readSummaries, [summaries]],
    [readStatements.readApp, [apps, summaries]],
    [readStatements.readApps, [apps, summaries]],
    [readStatements.findApp, [apps]],
    [changeStatements.asc, [changes, apps]],
    [changeStatements.desc, [changes, apps]],
    [changeStatements.historyAsc, [changes, summaries, apps]],
    [changeStatements.historyDesc, [changes, summaries, apps]],
    [changeStatements.one, [changes, summaries]],
    [sizeStatements.readOldestTime, [changes]],
    [deleteStatements.readOldest, [changes]],
    [deleteStatements.readFirstApps, [apps]],
    [deleteStatements.deleteChanges, [changes]],
  ])("$name goes by keys, whatever it is asked for", async ({ text }, indexes) => {
    const { indexes: used, scanned } = await plan(text);
    // Of these two small tables all is on one page.
    const large = [...scanned].filter((table) => table !== "change_feed" && table !== "erased_tenant");
    expect([used, large]).toEqual([new Set(indexes), []]);
  });
});

interface Plan {
  readonly indexes: ReadonlySet<string>;
  /** The tables that are read from their beginning to their end. */
  readonly scanned: ReadonlySet<string>;
}
