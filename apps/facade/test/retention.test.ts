import type { ImportingStore } from "@install-summary/core/service";
import { join } from "node:path";
import { afterEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { createLog } from "../src/log/log.ts";
import { keepRetention } from "../src/retention/keep-retention.ts";
import { inspectStore } from "../src/store/sqlite/inspect-store.ts";
import { openSqliteStore } from "../src/store/sqlite/open-sqlite-store.ts";
import { developmentTenantId } from "../src/identity/development/development-issuer.ts";
import { openStream } from "./event-stream.ts";
import { outcome, read, summary, useFacade, type TestFacade } from "./facades.ts";
import { addApps, appId, openTenant, patching, sampleApp } from "./samples.ts";
import { openTestStore, temporaryFolder } from "./stores.ts";

afterEach(() => void vi.useRealTimers());

const path = "/api/changes";
const day = 86_400_000;
const oldChanges = 250;

/** A data folder whose log has 251 changes of 40 days ago and 3 of 10 days ago. */
async function fillFolder(): Promise<{ readonly data: string; readonly file: string }> {
  const data = temporaryFolder();
  const file = join(data, "install-summary.db");
  const store = await openSqliteStore({ file });
  const tenant = openTenant(store, { tenantId: developmentTenantId, actor: "developer" });
  const change = (failedDeviceCount: number) =>
    tenant.update(appId, patching({ failedDeviceCount }), { requestId: "r", clientRequestId: "7c2e" });
  const now = Date.now();
  vi.useFakeTimers({ toFake: ["Date"], now: now - 40 * day });
  await addApps(store, [sampleApp()], developmentTenantId);
  for (let at = 1; at <= oldChanges; at += 1) await change(at + 1);
  vi.setSystemTime(now - 10 * day);
  for (const at of [1000, 1001, 1002]) await change(at);
  vi.useRealTimers();
  await store.close();
  return { data, file };
}

/** Serves such a folder, and resolves once its old changes are gone. */
async function openRetained(): Promise<{
  facade: TestFacade;
  file: string;
  logged: Record<string, unknown>;
}> {
  const { data, file } = await fillFolder();
  const removed = Promise.withResolvers<Record<string, unknown>>();
  const write = (line: string): void => {
    const fields = JSON.parse(line);
    if (fields.msg === "old changes removed") removed.resolve(fields);
  };
  const log = createLog({ log: "json" }, { write });
  const facade = await useFacade({ settings: { data, retention: 30 }, log });
  return { facade, file, logged: await removed.promise };
}

describe("a facade with a retention of 30 days", () => {
  test("removes what is older when it starts, logs how many, and its store is whole", async () => {
    const { facade, file, logged } = await openRetained();
    expect(logged).toMatchObject({ level: "info", tenant: developmentTenantId, changes: oldChanges + 1 });
    expect((await inspectStore(file)).faults).toEqual([]);
    const page = await read(await facade.get(`${path}?appId=${appId}`));
    expect(page.olderRemoved).toBe(true);
    expect(page.value.map((change: { version: number }) => change.version)).toEqual([252, 253, 254, 255]);
    expect(await outcome(await facade.get(summary))).toBe("200");
  });

  test("an app's history read backwards says at its end that older changes were removed", async () => {
    const { facade } = await openRetained();
    const first = await read(await facade.get(`${path}?appId=${appId}&order=desc&top=3`));
    expect(first).not.toHaveProperty("olderRemoved");
    const last = await read(await facade.get(`${path}?appId=${appId}&order=desc&top=3&after=${first.next}`));
    expect(last).toMatchObject({ value: [{ version: 252 }], olderRemoved: true });
    expect(last).not.toHaveProperty("next");
  });

  test("a cursor that is older than the log is a 410, and one at its edge goes on", async () => {
    const { data } = await fillFolder();
    const before = await useFacade({ settings: { data } });
    const { value } = await read(await before.get(`${path}?top=1000`));
    const [first] = value;
    const edge = value[oldChanges].cursor;
    await before.close();
    const gone = Promise.withResolvers<void>();
    const write = (line: string): void => void (line.includes("old changes removed") && gone.resolve());
    const log = createLog({ log: "json" }, { write });
    const facade = await useFacade({ settings: { data, retention: 30 }, log });
    await gone.promise;
    const refused = "410 Gone The cursor is older than the change log.";
    expect(await outcome(await facade.get(`${path}?after=${first.cursor}`))).toBe(refused);
    expect(await outcome(await facade.get(`${path}?format=csv&after=${first.cursor}`))).toBe(refused);
    const rest = await read(await facade.get(`${path}?after=${edge}`));
    expect(rest.value[0]).toMatchObject({ after: { failedDeviceCount: 1000 } });

    const stream = await openStream(facade, { headers: { "Last-Event-ID": first.cursor } });
    expect(await stream.next()).toMatchObject({ event: "gap", id: edge, data: {} });
    expect(await stream.next()).toMatchObject({ event: "change", data: { version: 252 } });
  });

  test("a request that repeats a removed change is told nothing about it", async () => {
    const { facade } = await openRetained();
    const repeat = (version: number) =>
      facade.patch(
        { failedDeviceCount: 2 },
        { headers: { "if-match": `W/"${version}"`, "client-request-id": "7c2e" } },
      );
    const response = await repeat(1);
    expect(response.status).toBe(412);
    expect(response.headers.has("install-summary-repeated")).toBe(false);
    const known = await repeat(251);
    expect([known.status, known.headers.get("install-summary-repeated")]).toEqual([412, "false"]);
  });
});

test("where a step fails, the log tells the changes that the steps before have removed", async () => {
  const { file } = await fillFolder();
  const store = await openTestStore({ file });
  let steps = 0;
  const failing: ImportingStore = {
    ...store,
    open(session) {
      const tenant = store.open(session);
      const removeChanges: typeof tenant.removeChanges = (before, top) => {
        steps += 1;
        return steps > 2 ? Promise.reject(new Error("the disk is full")) : tenant.removeChanges(before, top);
      };
      return { ...tenant, removeChanges };
    },
  };
  const lines: unknown[] = [];
  const failed = Promise.withResolvers<void>();
  const info = (fields: object, message: string): void => void lines.push({ ...fields, message });
  const warn: typeof info = (fields, message) => {
    info(fields, message);
    failed.resolve();
  };
  const retention = keepRetention({ store: failing, days: 30, log: { info, warn } });
  onTestFinished(() => retention.end());
  await failed.promise;
  expect(lines).toMatchObject([
    { message: "old changes removed", tenant: developmentTenantId, changes: 200 },
    { message: "old changes may be left", err: new Error("the disk is full") },
  ]);
});

test("without retention every change stays", async () => {
  const { data, file } = await fillFolder();
  const facade = await useFacade({ settings: { data } });
  const page = await read(await facade.get(`${path}?top=1`));
  expect(page).not.toHaveProperty("olderRemoved");
  expect(page.value[0].version).toBe(1);
  onTestFinished(async () => expect((await inspectStore(file)).faults).toEqual([]));
});
