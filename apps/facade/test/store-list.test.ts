import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { initialise } from "../src/store/sqlite/migrate.ts";
import { prepareStatements } from "../src/store/sqlite/statements.ts";
import type { AppCursor, AppPage, AppQuery, Store } from "../src/store/store.ts";
import { addApps, otherTenantId, sampleApp, tenantId } from "./samples.ts";
import { openTestStore, temporaryFolder } from "./stores.ts";

const names = [
  "zebra",
  "Äpfel",
  "outlook",
  "Outlook",
  "100% Safe",
  "100 Safe",
  "a_b",
  "aXb",
  "日本電気 Teams",
  "👩‍💻 App",
  "",
];

/** A store with apps of these names, each with an id that says its place. */
async function openListed(displayNames: readonly string[] = names, publisher = "Contoso"): Promise<Store> {
  const store = await openTestStore();
  await addApps(
    store,
    displayNames.map((displayName, index) => sampleApp({ id: idOf(index), displayName, publisher })),
  );
  return store;
}

function idOf(index: number): string {
  return `00000000-0000-0000-0000-${String(index).padStart(12, "0")}`;
}

function namesOf(page: AppPage): readonly (string | null)[] {
  return page.apps.map(({ app }) => app.displayName);
}

async function search(store: Store, ...words: string[]): Promise<readonly (string | null)[]> {
  return namesOf(await store.listApps({ tenantId, top: 100, search: words }));
}

async function readPages(store: Store, query: Omit<AppQuery, "after">): Promise<readonly AppPage[]> {
  const pages: AppPage[] = [];
  let after: AppCursor | undefined;
  do {
    const page = await store.listApps({ ...query, after });
    pages.push(page);
    after = page.next;
  } while (after !== undefined);
  return pages;
}

test("apps are ordered by name without case, equal names by id", async () => {
  const store = await openListed();
  expect(namesOf(await store.listApps({ tenantId, top: 100 }))).toEqual([
    "",
    "100 Safe",
    "100% Safe",
    "a_b",
    "aXb",
    "outlook",
    "Outlook",
    "zebra",
    "Äpfel",
    "日本電気 Teams",
    "👩‍💻 App",
  ]);
});

test("pages of any size hold each app once", async () => {
  const store = await openListed();
  const all = namesOf(await store.listApps({ tenantId, top: 100 }));
  for (const top of [1, 2, 3, names.length, names.length + 1]) {
    const pages = await readPages(store, { tenantId, top });
    expect(pages.flatMap(namesOf)).toEqual(all);
    expect(pages).toHaveLength(Math.ceil(names.length / top));
  }
});

test("a page of no apps has no next one", async () => {
  const store = await openListed();
  expect(await store.listApps({ tenantId, top: 0, count: true })).toEqual({ apps: [], count: names.length });
});

test("a cursor stays valid while apps come and change", async () => {
  const store = await openListed(["a", "b", "c", "d"]);
  const { next } = await store.listApps({ tenantId, top: 2 });
  await addApps(store, [
    sampleApp({ id: idOf(10), displayName: "aa" }),
    sampleApp({ id: idOf(11), displayName: "cc" }),
  ]);
  expect(namesOf(await store.listApps({ tenantId, top: 10, after: next }))).toEqual(["c", "cc", "d"]);
});

test("a count is made only when asked for, and of all pages", async () => {
  const store = await openListed();
  expect(await store.listApps({ tenantId, top: 2 })).not.toHaveProperty("count");
  const pages = await readPages(store, { tenantId, top: 4, count: true });
  expect(pages.map((page) => page.count)).toEqual([11, 11, 11]);
  const found = await readPages(store, { tenantId, top: 1, count: true, search: ["safe"] });
  expect(found.map((page) => page.count)).toEqual([2, 2]);
});

test("every word must be in the name or the publisher, without case, composed or not", async () => {
  const store = await openListed();
  expect(await search(store, "OUT")).toEqual(["outlook", "Outlook"]);
  expect(await search(store, "contoso", "teams")).toEqual(["日本電気 Teams"]);
  expect(await search(store, "contoso", "nowhere")).toEqual([]);
  expect(await search(store, "A\u0308PFEL")).toEqual(["Äpfel"]);
  expect(await search(store, "👩‍💻")).toEqual(["👩‍💻 App"]);
  expect(await search(store, "")).toHaveLength(names.length);
});

test("wildcards and quotes in a search are letters", async () => {
  const store = await openListed();
  expect(await search(store, "100%")).toEqual(["100% Safe"]);
  expect(await search(store, "a_b")).toEqual(["a_b"]);
  for (const nothing of ["%", "_"].map((wildcard) => `${wildcard}zebra`))
    expect(await search(store, nothing)).toEqual([]);
  for (const hostile of ["\\", "''' or 1=1 --'", '"']) expect(await search(store, hostile)).toEqual([]);
});

test("a search goes beyond the apps that are looked at in one turn", async () => {
  const many = Array.from(
    { length: 11_000 },
    (_, index) => `App ${index}${index % 1000 === 999 ? " rare" : ""}`,
  );
  const store = await openListed(many);
  const pages = await readPages(store, { tenantId, top: 4, search: ["rare"], count: true });
  expect(pages.map(({ apps, count }) => [apps.length, count])).toEqual([
    [4, 11],
    [4, 11],
    [3, 11],
  ]);
  expect(new Set(pages.flatMap(namesOf)).size).toBe(11);
});

test("apps of another tenant are in no page, search or count", async () => {
  const store = await openListed();
  const query = { tenantId: otherTenantId, top: 10, count: true };
  expect(await store.listApps(query)).toEqual({ apps: [], count: 0 });
  expect(await store.listApps({ ...query, search: ["outlook"] })).toEqual({ apps: [], count: 0 });
});

test("pages, searches and point reads go by their indexes and sort nothing", () => {
  using database = new DatabaseSync(join(temporaryFolder(), "plans.db"));
  initialise(database);
  const statements = prepareStatements(database);
  const plan = (sql: string, values: number): string =>
    database
      .prepare(`EXPLAIN QUERY PLAN ${sql}`)
      .all(...Array.from({ length: values }, () => 1))
      .map((row) => String(row["detail"]))
      .join("; ");
  const bySummary = "SEARCH s USING PRIMARY KEY (tenant_id=? AND app_id=?)";
  const byApp = `SEARCH m USING PRIMARY KEY (tenant_id=? AND id=?); ${bySummary}`;
  const byName = "USING INDEX mobile_app_by_name (tenant_id=? AND (name_key,id)>(?,?))";
  expect(plan(statements.readSummary.sourceSQL, 2)).toBe(
    "SEARCH install_summary USING PRIMARY KEY (tenant_id=? AND app_id=?)",
  );
  expect(plan(statements.readApp.sourceSQL, 2)).toBe(byApp);
  expect(plan(statements.readPage.sourceSQL, 4)).toBe(`SEARCH m ${byName}; ${bySummary}`);
  expect(plan(statements.readKeys.sourceSQL, 4)).toBe(`SEARCH mobile_app ${byName}`);
  expect(plan(statements.countApps.sourceSQL, 1)).toBe(
    "SEARCH mobile_app USING COVERING INDEX mobile_app_by_name (tenant_id=?)",
  );
  expect(plan(statements.readLastVersion.sourceSQL, 2)).toMatch(
    /^SEARCH install_summary_change USING COVERING INDEX \S+ \(tenant_id=\? AND app_id=\?\)$/,
  );
});
