import type { AppFilter, AppQuery, ImportingStore, Operand } from "@install-summary/core/service";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, onTestFinished, test, vi } from "vitest";
import { prepareFew } from "../src/store/sqlite/few-apps.ts";
import { preparePages } from "../src/store/sqlite/list-apps.ts";
import { takeAll, type ReadPart } from "../src/store/sqlite/parts.ts";
import { prepareChanges } from "../src/store/sqlite/read-changes.ts";
import { prepareScans, type ScanPage } from "../src/store/sqlite/scan-apps.ts";
import { addApps, openTenant, patching, request, sampleApp, tenantId } from "./samples.ts";
import { checkPagesBesideChanges, checkRandomQueries } from "./store-queries.ts";
import { openTestStore, temporaryFolder } from "./stores.ts";

interface Scanned {
  readonly store: ImportingStore;
  readonly database: DatabaseSync;
  /** Reads two apps in each part, and keeps about three positions. */
  readonly scanPage: ScanPage;
}

async function openScanned(): Promise<Scanned> {
  const file = join(temporaryFolder(), "store.db");
  const store = await openTestStore({ file });
  const database = new DatabaseSync(file, { readOnly: true });
  onTestFinished(() => database.close());
  preparePages(database);
  const scanPage = prepareScans(database, { makeParts: () => (read) => read(2), maxBytes: 1500 });
  return { store, database, scanPage };
}

/** The store with every list of it read in parts. */
function listingInParts({ store, scanPage }: Scanned): ImportingStore {
  return {
    ...store,
    open(session) {
      const tenant = store.open(session);
      return {
        ...tenant,
        listApps: (query) => Promise.resolve(takeAll(scanPage(session.tenantId, query))),
      };
    },
  };
}

test("a page that is read in parts is that of a plain evaluation, for random filters and orders", async () => {
  expect(await checkRandomQueries(listingInParts(await openScanned()))).toBeGreaterThan(100);
});

test("in parts too an app that stays as it is comes once over all pages while others come and change", async () => {
  expect(await checkPagesBesideChanges(listingInParts(await openScanned()))).toBeGreaterThan(100);
});

const idOf = (index: number): string => `00000000-0000-4000-8000-0000000000${String(index).padStart(2, "0")}`;
const idsOf = ({ apps }: { readonly apps: readonly { readonly id: string }[] }): readonly string[] =>
  apps.map(({ id }) => id);

/** Eight apps of which each has as many failed devices as its number. */
async function addNumbered(store: ImportingStore): Promise<void> {
  await addApps(
    store,
    Array.from({ length: 8 }, (_, index) => sampleApp({ id: idOf(index), displayName: `App ${index}` })),
  );
  const tenant = openTenant(store);
  for (let index = 0; index < 8; index += 1) {
    await tenant.update(idOf(index), patching({ failedDeviceCount: index }), request);
  }
}

const failing: AppQuery = {
  top: 3,
  filter: {
    kind: "compare",
    operator: "gt",
    left: { kind: "counter", name: "failedDeviceCount" },
    right: { kind: "value", value: 0 },
  },
  orderBy: [{ path: { kind: "counter", name: "failedDeviceCount" }, descending: true }],
};

test.each([0, 2, 3, 6, 7, 12])("%i apps are left out in stages, and counted once", async (skip) => {
  const { store, database, scanPage } = await openScanned();
  await addNumbered(store);
  const query = { ...failing, skip, count: true };
  expect(takeAll(scanPage(tenantId, query))).toEqual(preparePages(database)(tenantId, query));
});

test("an app that changes between two parts is read whole, and the link goes on where the page ends", async () => {
  const { store, scanPage } = await openScanned();
  await addNumbered(store);
  const steps = scanPage(tenantId, failing);
  // All parts are read. The next step finds no more, and reads the apps of the page.
  for (let part = 0; part < 4; part += 1) expect(steps.next().done).toBe(false);
  const tenant = openTenant(store);
  await tenant.update(idOf(7), patching({ failedDeviceCount: 0 }), request);
  await tenant.update(idOf(5), patching({ failedDeviceCount: 1 }), request);
  const page = takeAll(steps);
  expect(idsOf(page)).toEqual([idOf(6), idOf(5)]);
  expect(JSON.parse(page.apps[1]?.summary ?? "")).toMatchObject({ failedDeviceCount: 1 });
  const { next } = page;
  if (next === undefined) throw new Error("the page has no link");
  // Every app that stayed as it is comes after it: 4 and 3, and 2 on the page behind.
  expect(idsOf(takeAll(scanPage(tenantId, { ...failing, cursor: next })))).toEqual([
    idOf(4),
    idOf(3),
    idOf(2),
  ]);
});

test("no snapshot stays open between two parts, so that a change meanwhile is seen and the log can be moved", async () => {
  const { store, database, scanPage } = await openScanned();
  await addNumbered(store);
  const steps = scanPage(tenantId, failing);
  steps.next();
  expect(database.isTransaction).toBe(false);
  await openTenant(store).update(idOf(0), patching({ failedDeviceCount: 9 }), request);
  const other = prepareScans(database);
  expect(idsOf(takeAll(other(tenantId, failing)))).toEqual([idOf(0), idOf(7), idOf(6)]);
  using checkpointing = new DatabaseSync(database.location() ?? "");
  expect(checkpointing.prepare("PRAGMA wal_checkpoint(RESTART)").get()).toMatchObject({ busy: 0 });
  expect(idsOf(takeAll(steps))).toEqual([idOf(7), idOf(6), idOf(5)]);
});

test("scans that are under way share the bytes, and one that was stopped gives its own back", async () => {
  const { store, database } = await openScanned();
  await addNumbered(store);
  const scanPage = prepareScans(database, { makeParts: () => (read) => read(8), maxBytes: 4000 });
  const countSteps = (): number => [...scanPage(tenantId, { ...failing, top: 8 })].length;
  const alone = countSteps();
  const other = scanPage(tenantId, failing);
  other.next();
  expect(countSteps()).toBeGreaterThan(alone);
  expect(() => other.throw(new Error("stopped"))).toThrow("stopped");
  expect(countSteps()).toBe(alone);
});

const name: Operand = { kind: "property", name: "displayName" };
const isNamed = (text: string): AppFilter => ({
  kind: "compare",
  operator: "eq",
  left: name,
  right: { kind: "value", value: text },
});
const begins = (text: string): AppFilter => ({
  kind: "startsWith",
  text: name,
  part: { kind: "value", value: text },
});
const not = (operand: AppFilter): AppFilter => ({ kind: "not", operand });

test("what an index narrows to few apps for its conditions is read at once, and all else is a scan", async () => {
  const { store, database } = await openScanned();
  const names = [...Array<string>(200).fill("Few"), ...Array<string>(201).fill("Many"), "Alone"];
  await addApps(
    store,
    names.map((displayName, at) =>
      sampleApp({ id: `00000000-0000-4000-8000-${String(at).padStart(12, "0")}`, displayName }),
    ),
  );
  const readFew = prepareFew(database, preparePages(database));
  const count = (filter: AppFilter | undefined, rest: Partial<AppQuery> = {}): number | undefined =>
    readFew(tenantId, { top: 1, count: true, ...(filter && { filter }), ...rest })?.count;
  expect(count(isNamed("alone"))).toBe(1);
  expect(count(isNamed("nobody"))).toBe(0);
  expect(count({ kind: "or", operands: [isNamed("alone"), isNamed("nobody")] })).toBe(1);
  expect(count(begins("al"))).toBe(1);
  expect(count(isNamed("few"))).toBe(200);
  expect(count(isNamed("many"))).toBeUndefined();
  expect(count(begins("m"))).toBeUndefined();
  // Twice as many conditions may be asked of half as many apps.
  const alone = isNamed("alone");
  expect(count({ kind: "and", operands: [isNamed("few"), not(alone)] })).toBeUndefined();
  expect(count(isNamed("few"), { search: [{ word: "few" }] })).toBeUndefined();
  expect(
    count(isNamed("few"), {
      orderBy: [
        { path: name, descending: true },
        { path: name, descending: true },
      ],
    }),
  ).toBeUndefined();
  expect(count({ kind: "and", operands: [alone, ...Array<AppFilter>(99).fill(begins("al"))] })).toBe(1);
  expect(count(not(alone))).toBeUndefined();
  expect(count(undefined, { search: [{ word: "alone" }] })).toBeUndefined();
});

test.each<["asc" | "desc", number | undefined]>([
  ["asc", undefined],
  ["asc", 3],
  ["desc", undefined],
  ["desc", 9],
])("the change log %s after %s is the same in parts, also beside a removal", async (order, after) => {
  const { store, database } = await openScanned();
  await addNumbered(store);
  const { readChanges, scanChanges } = prepareChanges(database);
  const tenant = openTenant(store);
  for (const query of [
    { order, after, top: 3, origin: "api" },
    { order, after, top: 20, actor: "ada" },
    { order, after, top: 20, appId: idOf(4) },
    { order, after, top: 20, actor: "nobody" },
  ] as const) {
    expect(takeAll(scanChanges(tenantId, query))).toEqual(readChanges(tenantId, query));
    const steps = scanChanges(tenantId, query);
    const first = steps.next();
    await tenant.removeChanges("9999-01-01T00:00:00Z", 1);
    if (first.done === true) continue;
    expect(takeAll(steps)).toEqual(readChanges(tenantId, query));
  }
});

test.each(["asc", "desc"] as const)(
  "a scan of the log %s beside removals reads on, and no part of the log again",
  async (order) => {
    const { store, database } = await openScanned();
    await addNumbered(store);
    let parts = 0;
    const makeParts = (): ReadPart => (read) => {
      parts += 1;
      return read(2);
    };
    const { readChanges, scanChanges } = prepareChanges(database, undefined, makeParts);
    const tenant = openTenant(store);
    const query = { order, top: 6, actor: "ada" } as const;
    const last = await tenant.readLastSequence();
    const steps = scanChanges(tenantId, query);
    let step = steps.next();
    // All in one statement would be a transaction.
    const exec = vi.spyOn(database, "exec");
    for (; step.done !== true; step = steps.next()) await tenant.removeChanges("9999-01-01T00:00:00Z", 1);
    expect(parts).toBeLessThanOrEqual(last);
    expect(exec).not.toHaveBeenCalled();
    expect(step.value).toEqual(readChanges(tenantId, query));
  },
);

test.each(["asc", "desc"] as const)(
  "an app's history %s beside removals lacks what was removed, says so, and is read once",
  async (order) => {
    const { store, database } = await openScanned();
    await addApps(store, [sampleApp({ id: idOf(0) })]);
    const tenant = openTenant(store);
    for (let count = 1; count <= 600; count += 1) {
      await tenant.update(idOf(0), patching({ failedDeviceCount: count }), request);
    }
    const { readChanges, scanChanges } = prepareChanges(database);
    const query = { order, top: 1000, appId: idOf(0) } as const;
    const steps = scanChanges(tenantId, query);
    expect(steps.next().done).toBe(false);
    await tenant.removeChanges("9999-01-01T00:00:00Z", 300);
    const step = steps.next();
    expect(step).toEqual({ done: true, value: readChanges(tenantId, query) });
    expect(step.value).toMatchObject({ olderRemoved: true });
  },
);

test.each(["asc", "desc"] as const)(
  "a hole of the log costs no part %s, and behind it parts are as long as before it",
  async (order) => {
    const { store, database } = await openScanned();
    await addNumbered(store);
    const hole = 1_000_000_000;
    using other = new DatabaseSync(database.location() ?? "");
    other.exec(`UPDATE install_summary_change SET sequence = sequence + ${hole} WHERE sequence > 8;
      UPDATE change_feed SET last = last + ${hole}`);
    let parts = 0;
    const makeParts = (): ReadPart => (read) => {
      parts += 1;
      return read(2);
    };
    const { scanChanges, readChanges } = prepareChanges(database, undefined, makeParts);
    const query = { order, top: 20, actor: "ada" } as const;
    expect(takeAll(scanChanges(tenantId, query))).toEqual(readChanges(tenantId, query));
    expect(parts).toBeLessThanOrEqual(10);
  },
);
