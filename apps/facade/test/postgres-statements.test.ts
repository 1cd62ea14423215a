import { Client } from "pg";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { changeStatements } from "../src/store/postgres/change-statements.ts";
import { checkStatements } from "../src/store/postgres/check-store.ts";
import { deleteStatements } from "../src/store/postgres/delete-statements.ts";
import { sizeStatements } from "../src/store/postgres/open-writes.ts";
import { pageQueries } from "../src/store/postgres/page-queries.ts";
import { analyzeStatement } from "../src/store/postgres/keep-statistics.ts";
import { readStatements } from "../src/store/postgres/read-statements.ts";
import { searchStatements } from "../src/store/postgres/searches.ts";
import { findCommittedStatement } from "../src/store/postgres/sent-group.ts";
import type { Statement } from "../src/store/postgres/statement.ts";
import { updateGroupStatement } from "../src/store/postgres/update-group.ts";
import { writeStatements } from "../src/store/postgres/write-statements.ts";
import { openPostgresStore } from "../src/store/postgres/open-postgres-store.ts";
import { locationOf, usePostgres } from "./postgres.ts";
import {
  addApps,
  appId,
  incrementing,
  openTenant,
  otherTenantId,
  request,
  sampleApp,
  tenantId,
} from "./samples.ts";

/** Every statement with a text of its own that runs while a store is open. */
const statements: Readonly<Record<string, Statement>> = {
  ...readStatements,
  ...changeStatements,
  ...searchStatements,
  ...checkStatements,
  ...sizeStatements,
  ...writeStatements,
  ...deleteStatements,
  updateGroup: updateGroupStatement,
  findCommitted: findCommittedStatement,
  analyze: analyzeStatement,
};

/** What opens a connection, or is around other statements. */
const around = /^(?:BEGIN|COMMIT|ROLLBACK)\b|^SELECT (?:set_config|pg_is_in_recovery)\(/;

const pages: readonly (readonly [name: string, text: string])[] = [
  ["first page", pageQueries.pageSql(tenantId, { top: 1 }).sql],
  ["later page", pageQueries.pageSql(tenantId, { top: 1, cursor: '["a","b"]' }).sql],
  ["search", pageQueries.pageSql(tenantId, { top: 1, skip: 1, search: [{ word: "a" }] }).sql],
  ["count of all", pageQueries.countSql(tenantId, { top: 1 }).sql],
  ["count of a search", pageQueries.countSql(tenantId, { top: 1, search: [{ word: "a" }] }).sql],
];

/** Those that are of no tenant, each for its reason. */
const ofNoTenant: readonly string[] = [
  // By the digest of a tenant, which is the key of what is left of an erased one.
  readStatements.readErasedFeed,
  // Reads one row of every tenant, for retention.
  readStatements.listTenants,
  // Of the one row that holds the schema.
  ...Object.values(checkStatements),
  // Of whole tables, by the server itself.
  analyzeStatement,
  // Of the connection itself.
  ...Object.values(searchStatements),
].map(({ text }) => text);

const named = [...Object.entries(statements).map(([name, { text }]) => [name, text] as const), ...pages];
const texts = named.map(([, text]) => text);

describe("statements of PostgreSQL", () => {
  const { server, createDatabase, createOpener } = usePostgres({ settings: { fsync: "off" } });

  test("what a store runs is in the list of statements, and all of the list is run", async () => {
    const store = await createOpener()();
    onTestFinished(() => store.close());
    const seen = recordTexts();
    await store.check();
    await addApps(store, [sampleApp()]);
    await addApps(store, [sampleApp(), sampleApp({ id: tenantId })], otherTenantId);
    await store.check();
    await store.listTenants();
    const tenant = openTenant(store);
    await tenant.isEmpty();
    await tenant.readApp(appId);
    await tenant.readSummary(appId);
    await Promise.all([1, 2, 3].map(() => tenant.update(appId, incrementing, request)));
    await tenant.importApps([{ appId, decide: () => ({ kind: "changed", app: sampleApp() }) }], request);
    await Promise.all([
      tenant.update(appId, incrementing, request),
      tenant.importApps([{ appId: otherTenantId, decide: () => ({ kind: "unchanged" }) }], request),
    ]);
    await tenant.readChangeAfter(appId, '"1"');
    for (const order of ["asc", "desc"] as const) {
      await tenant.readChanges({ order, top: 9 });
      await tenant.readChanges({ order, top: 9, appId, after: 3 });
    }
    await tenant.listApps({ top: 1 });
    await tenant.listApps({ top: 1, cursor: '["a","b"]', count: true });
    await tenant.listApps({ top: 1, skip: 1, search: [{ word: "a" }], count: true });
    await tenant.removeChanges("9999", 2);
    await tenant.measure();
    await tenant.erase();
    await tenant.readLastSequence();
    await store.close();
    expect([...new Set(seen)].filter((text) => !texts.includes(text) && !around.test(text))).toEqual([]);
    // A search is cancelled where it takes longer than its caller waits, a change is looked for where its commit was not
    // confirmed, and tables are looked at where they have grown.
    expect(texts.filter((text) => !seen.includes(text))).toEqual([
      searchStatements.cancel.text,
      deleteStatements.readGone.text,
      findCommittedStatement.text,
      analyzeStatement.text,
    ]);
  });

  test.each(named)("%s: keeps to the rules of engines that are spread over servers", (_, text) => {
    expect(text).not.toMatch(/\bFOR\s+(?:NO\s+KEY\s+)?(?:UPDATE|(?:KEY\s+)?SHARE)\b/i);
    expect(text).not.toMatch(
      /\b(?:nextval|lastval|currval|LISTEN|NOTIFY|TEMP|TEMPORARY|pg_(?:try_)?advisory\w*|LOCK\s+TABLE)\b/i,
    );
    // Neither time nor chance: they come from the program.
    expect(text).not.toMatch(/\b(?:now|random|clock_timestamp|CURRENT_TIMESTAMP|gen_random_uuid|uuidv7)\b/i);
    expect(text).not.toMatch(/\bRETURNING\s+old\b/i);
    const changed = [...text.matchAll(/\b(?:INSERT INTO|COPY|DELETE FROM|UPDATE(?! SET))\s+(\w+)/gi)].map(
      ([, table]) => table,
    );
    expect(changed).toEqual([...new Set(changed)]);
    const isOfTenant =
      /\btenant_id = \$1\b|\(tenant_id, .*\bSELECT \$1,|VALUES \(\$1,|^COPY \w+ \(tenant_id, /s.test(text);
    expect(isOfTenant).toBe(!ofNoTenant.includes(text));
  });

  test("each table of a tenant has its keys by tenant, and there is neither trigger nor sequence nor foreign key", async () => {
    const database = await createDatabase();
    const store = await openPostgresStore({ location: locationOf(server().url(database)) });
    await store.close();
    const query = (text: string) => server().query(text, [], database);
    expect(await query("SELECT relname FROM pg_class WHERE relkind = 'S'")).toEqual([]);
    expect(await query("SELECT tgname FROM pg_trigger")).toEqual([]);
    expect(await query("SELECT conname FROM pg_constraint WHERE contype IN ('f', 'x')")).toEqual([]);
    const keys = await query(`SELECT c.relname AS table, a.attname AS column FROM pg_index i
      JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0]
      WHERE n.nspname = current_schema()`);
    const ofTenant = keys.filter(
      ({ table }) => table !== "erased_tenant" && table !== "install_summary_store",
    );
    expect(new Set(ofTenant.map(({ column }) => column))).toEqual(new Set(["tenant_id"]));
    expect(new Set(ofTenant.map(({ table }) => table))).toEqual(
      new Set(["mobile_app", "install_summary", "install_summary_change", "change_feed"]),
    );
    const texted = await query(`SELECT c.relname, a.attname FROM pg_attribute a
      JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_collation o ON o.oid = a.attcollation
      WHERE n.nspname = current_schema() AND c.relkind = 'r' AND o.collname <> 'C'`);
    expect(texted).toEqual([]);
  });
});

/** The texts of all statements that are sent from now on until the test is done. */
function recordTexts(): readonly string[] {
  const seen: string[] = [];
  const method = "query";
  const original = Client.prototype[method];
  const spy = vi.spyOn(Client.prototype, method).mockImplementation(function record(
    this: Client,
    ...given: unknown[]
  ) {
    const [first] = given;
    seen.push(
      typeof first === "object" && first !== null && "text" in first ? String(first.text) : String(first),
    );
    return Reflect.apply(original, this, given);
  });
  onTestFinished(() => spy.mockRestore());
  return seen;
}
