import type { AppFilter, AppQuery, Operand } from "@install-summary/core/service";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { addWanted } from "../src/store/sqlite/wanted.ts";
import { addTextKey } from "../src/store/sqlite/dialect.ts";
import { initialise } from "../src/store/sqlite/migrate.ts";
import { isScan } from "../src/store/sql/page-sql.ts";
import { pageSql } from "../src/store/sqlite/list-apps.ts";
import type { SqlText } from "../src/store/sql/sql-text.ts";
import { matchesSql, nextIds, positionsSql, rangeCountSql } from "../src/store/sqlite/part-sql.ts";
import { tenantId } from "./samples.ts";
import { temporaryFolder } from "./stores.ts";

const name: Operand = { kind: "property", name: "displayName" };
const failed: Operand = { kind: "counter", name: "failedDeviceCount" };
const value = (one: string | number): Operand => ({ kind: "value", value: one });
const equal = (left: Operand, one: string): AppFilter => ({
  kind: "compare",
  operator: "eq",
  left,
  right: value(one),
});
const isApp = (id: string): AppFilter => equal({ kind: "property", name: "id" }, id);
const hasFailed: AppFilter = { kind: "compare", operator: "gt", left: failed, right: value(0) };
const letters = Array.from("abcdefghijklmnopqrst");
const byFailed = [{ path: { kind: "counter", name: "failedDeviceCount" }, descending: true } as const];

const byIds = [{ path: { kind: "property", name: "id" }, descending: false } as const];

const byId = "SEARCH m USING PRIMARY KEY (tenant_id=? AND id=?)";
const byName = "SEARCH m USING INDEX mobile_app_by_name (tenant_id=? AND name_key=?)";
const allByName = "SEARCH m USING INDEX mobile_app_by_name (tenant_id=?)";
const allApps = "SEARCH m USING PRIMARY KEY (tenant_id=?)";
const allSummaries = "SEARCH s USING PRIMARY KEY (tenant_id=?)";

// A scan goes by the primary keys, which are the order of the tables: by names it would look every app up on its own.
test.each<[string, Omit<AppQuery, "top">, string, boolean]>([
  ["one id", { filter: isApp("a") }, byId, false],
  ["some ids", { filter: { kind: "or", operands: [isApp("a"), isApp("b")] } }, byId, false],
  ["many ids", { filter: { kind: "or", operands: letters.map(isApp) }, cursor: '["mail","a"]' }, byId, false],
  [
    "an id and a counter",
    { filter: { kind: "and", operands: [hasFailed, isApp("a")] }, count: true },
    byId,
    false,
  ],
  ["an id in another order", { filter: isApp("a"), orderBy: byFailed }, byId, false],
  ["a name, which all apps may have", { filter: equal(name, "mail") }, byName, true],
  [
    "many names",
    { filter: { kind: "or", operands: letters.map((one) => equal(name, one)) }, cursor: '["mail","a"]' },
    byName,
    true,
  ],
  [
    "the start of a name",
    { filter: { kind: "startsWith", text: name, part: value("mail") } },
    "SEARCH m USING INDEX mobile_app_by_name (tenant_id=? AND name_key>? AND name_key<?)",
    true,
  ],
  ["a counter", { filter: hasFailed }, allSummaries, true],
  ["not one id", { filter: { kind: "not", operand: isApp("a") } }, "(tenant_id=?)", true],
  ["a type", { filter: { kind: "isOf", types: ["a", "b"] }, cursor: '["mail","a"]' }, allApps, true],
  ["one id or a counter", { filter: { kind: "or", operands: [isApp("a"), hasFailed] } }, allSummaries, true],
  ["a search", { search: [{ word: "mail" }], cursor: '["mail","a"]' }, allApps, true],
  ["an order by a counter", { orderBy: byFailed }, allSummaries, true],
  [
    "an order by names from Z to A",
    { orderBy: [{ path: { kind: "property", name: "displayName" }, descending: true }] },
    allByName,
    true,
  ],
  ["an order by ids", { orderBy: byIds }, allApps, false],
  [
    "a later page by ids",
    { orderBy: byIds, cursor: '["a"]' },
    "SEARCH m USING PRIMARY KEY (tenant_id=? AND id>?)",
    false,
  ],
  ["apps by ids left out", { orderBy: byIds, skip: 1 }, allApps, true],
  ["apps by ids that are counted", { orderBy: byIds, count: true }, allApps, true],
  ["apps left out", { skip: 1 }, allByName, true],
  ["no condition", {}, allByName, false],
])("%s: which index narrows it, and whether it may read the whole tenant", (_, query, plan, scans) => {
  using database = new DatabaseSync(join(temporaryFolder(), "plans.db"));
  initialise(database);
  addTextKey(database);
  addWanted(database);
  const { sql, values } = pageSql(tenantId, { top: 1, ...query });
  const details = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values);
  const steps = details.map((row) => String(row["detail"]));
  expect(steps.find((step) => step.startsWith("SEARCH"))).toContain(plan);
  expect(isScan({ top: 1, ...query })).toBe(scans);
});

test.each<[string, Omit<AppQuery, "top">, string]>([
  ["a search", { search: [{ word: "mail" }] }, "SEARCH m USING PRIMARY KEY (tenant_id=? AND id>? AND id<?)"],
  ["a name", { filter: equal(name, "mail") }, "SEARCH m USING PRIMARY KEY (tenant_id=? AND id>? AND id<?)"],
  ["a counter", { filter: hasFailed }, "SEARCH s USING PRIMARY KEY (tenant_id=? AND app_id>? AND app_id<?)"],
  [
    "an order by a counter",
    { orderBy: byFailed, cursor: '[1,"mail","a"]' },
    "SEARCH s USING PRIMARY KEY (tenant_id=? AND app_id>? AND app_id<?)",
  ],
])(
  "%s reads no more than a part of the tenant at a time, and then the apps of its page",
  (_, query, plan) => {
    using database = new DatabaseSync(join(temporaryFolder(), "plans.db"));
    initialise(database);
    addTextKey(database);
    addWanted(database);
    const first = ({ sql, values }: SqlText): string => {
      const [step] = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values);
      return String(step?.["detail"]);
    };
    const [whole, range] = [
      { top: 1, ...query },
      { after: "a", upTo: "b" },
    ];
    const before = query.orderBy === undefined ? ["mail", "b"] : [2, "mail", "b"];
    expect(first(positionsSql(tenantId, whole, range, { limit: 2, before: undefined }))).toBe(plan);
    expect(first(positionsSql(tenantId, whole, range, { limit: 2, before }))).toBe(plan);
    expect(first(rangeCountSql(tenantId, { top: 1, ...query, orderBy: undefined }, range))).toContain("id>?");
    expect(first(matchesSql(tenantId, whole, ["a", "b"]))).toBe(
      "SEARCH m USING PRIMARY KEY (tenant_id=? AND id=?)",
    );
    expect(first({ sql: nextIds, values: [tenantId, "a", 2] })).toContain("CO-ROUTINE");
  },
);
