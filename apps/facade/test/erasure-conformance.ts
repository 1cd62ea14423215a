import { formatETag } from "@install-summary/core";
import type { ImportingStore } from "@install-summary/core/service";
import { afterEach, describe, expect, onTestFinished, test, vi } from "vitest";
import {
  addApps,
  appId,
  incrementing,
  openTenant,
  otherTenantId,
  patching,
  request,
  sampleApp,
  tenantId,
} from "./samples.ts";
import { watchErasure } from "../src/commands/watch-erasure.ts";
import type { StoreSubject } from "./store-subject.ts";

const otherAppId = "11111111-1111-4111-8111-111111111111";
const asc = { order: "asc", top: 1000 } as const;
const afterAll = "9999-12-31T00:00:00.000Z";

/** Declares the tests of removed changes and erased tenants that every adapter must pass. */
export function testErasure({ name, create }: Pick<StoreSubject, "name" | "create">): void {
  const open = async (): Promise<ImportingStore> => {
    const store = await create()();
    onTestFinished(() => store.close());
    return store;
  };
  /** Two apps, and three changes of the first one: sequences 3 to 5. */
  const openWithChanges = async (): Promise<ImportingStore> => {
    const store = await open();
    await addApps(store, [sampleApp(), sampleApp({ id: otherAppId })]);
    for (let at = 0; at < 3; at += 1) await openTenant(store).update(appId, incrementing, request);
    return store;
  };

  afterEach(() => void vi.useRealTimers());

  describe(`${name}: removed changes`, () => {
    test("the oldest changes go first, as many as are asked for, until one is young enough", async () => {
      vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-01-01T00:00:00Z") });
      const store = await open();
      await addApps(store, [sampleApp()]);
      for (const day of ["02", "03", "04"]) {
        vi.setSystemTime(new Date(`2026-01-${day}T00:00:00Z`));
        await openTenant(store).update(appId, incrementing, request);
      }
      const tenant = openTenant(store);
      expect(await tenant.removeChanges("2026-01-01T00:00:00.000Z", 10)).toBe(0);
      expect(await tenant.removeChanges("2026-01-03T12:00:00.000Z", 1)).toBe(1);
      expect(await sequencesOf(store)).toEqual([2, 3, 4]);
      expect(await tenant.removeChanges("2026-01-03T12:00:00.000Z", 10)).toBe(2);
      expect(await tenant.removeChanges("2026-01-03T12:00:00.000Z", 10)).toBe(0);
      expect(await sequencesOf(store)).toEqual([4]);
    });

    test("a change that a clock running ahead has made keeps those behind it", async () => {
      vi.useFakeTimers({ toFake: ["Date"], now: new Date("2030-01-01T00:00:00Z") });
      const store = await open();
      await addApps(store, [sampleApp()]);
      vi.setSystemTime(new Date("2026-01-01T00:00:00Z"));
      await openTenant(store).update(appId, incrementing, request);
      expect(await openTenant(store).removeChanges("2027-01-01T00:00:00.000Z", 10)).toBe(0);
      expect(await sequencesOf(store)).toEqual([1, 2]);
    });

    test("the log goes on behind what was removed, and the summaries stay", async () => {
      const store = await openWithChanges();
      const tenant = openTenant(store);
      expect(await tenant.removeChanges(afterAll, 100)).toBe(5);
      expect(await tenant.removeChanges(afterAll, 100)).toBe(0);
      expect(await tenant.readLastSequence()).toBe(5);
      expect(await tenant.readChanges(asc)).toEqual({
        changes: [],
        next: 5,
        hasGap: false,
        olderRemoved: true,
      });
      expect(await tenant.readSummary(appId)).toMatchObject({ etag: formatETag(4) });
      expect(await tenant.measure()).toEqual({ apps: 2, changes: 0 });
      await tenant.update(appId, incrementing, request);
      const { changes } = await tenant.readChanges(asc);
      expect(changes).toMatchObject([{ sequence: 6, version: 5, before: { failedDeviceCount: 4 } }]);
    });

    test("a cursor before what was removed is a gap, and the one at its end is none", async () => {
      const tenant = openTenant(await openWithChanges());
      await tenant.removeChanges(afterAll, 3);
      for (const [after, hasGap] of [
        [0, true],
        [2, true],
        [3, false],
        [5, false],
      ] as const)
        expect(await tenant.readChanges({ ...asc, after })).toMatchObject({ hasGap });
      const page = await tenant.readChanges({ ...asc, after: 1 });
      expect(page.changes.map(({ sequence }) => sequence)).toEqual([4, 5]);
      expect(await tenant.readChanges({ order: "desc", top: 10, after: 3 })).toEqual({
        changes: [],
        hasGap: false,
        olderRemoved: true,
      });
    });

    test("the page that reaches the oldest change says whether older ones were removed", async () => {
      const tenant = openTenant(await openWithChanges());
      expect(await tenant.readChanges(asc)).toMatchObject({ olderRemoved: false });
      await tenant.removeChanges(afterAll, 3);
      const latest = await tenant.readChanges({ order: "desc", top: 1 });
      expect(latest).not.toHaveProperty("olderRemoved");
      expect(await tenant.readChanges({ order: "desc", top: 1, after: latest.next })).toMatchObject({
        changes: [{ sequence: 4 }],
        olderRemoved: true,
      });
      expect(await tenant.readChanges({ ...asc, after: 4 })).not.toHaveProperty("olderRemoved");
      expect(await tenant.readChanges({ ...asc, after: 3 })).toMatchObject({ olderRemoved: true });
    });

    test("an app's history says whether changes of that app were removed", async () => {
      const store = await open();
      await addApps(store, [sampleApp()]);
      await addApps(store, [sampleApp({ id: otherAppId })]);
      await openTenant(store).update(appId, incrementing, request);
      const tenant = openTenant(store);
      await tenant.removeChanges(afterAll, 1);
      for (const order of ["asc", "desc"] as const) {
        const query = { order, top: 10 };
        const ofFirst = await tenant.readChanges({ ...query, appId });
        expect(ofFirst).toMatchObject({ changes: [{ version: 2 }], olderRemoved: true });
        expect(await tenant.readChanges({ ...query, appId: otherAppId })).toMatchObject({
          changes: [{ version: 1 }],
          olderRemoved: false,
        });
        expect(await tenant.readChanges({ ...query, appId: tenantId })).toMatchObject({
          changes: [],
          olderRemoved: false,
        });
      }
      await tenant.removeChanges(afterAll, 10);
      expect(await tenant.readChanges({ ...asc, appId: otherAppId })).toMatchObject({
        changes: [],
        olderRemoved: true,
      });
    });

    test("a repeated request does not find its change once that was removed", async () => {
      const tenant = openTenant(await openWithChanges());
      expect(await tenant.readChangeAfter(appId, formatETag(1))).toMatchObject({ actor: "ada" });
      await tenant.removeChanges(afterAll, 3);
      expect(await tenant.readChangeAfter(appId, formatETag(1))).toBeUndefined();
      expect(await tenant.readChangeAfter(appId, formatETag(2))).toMatchObject({ actor: "ada" });
    });

    test("other tenants keep their logs", async () => {
      const store = await openWithChanges();
      await addApps(store, [sampleApp()], otherTenantId);
      await openTenant(store).removeChanges(afterAll, 100);
      const other = openTenant(store, { tenantId: otherTenantId });
      expect((await other.readChanges({ ...asc, after: 0 })).changes).toHaveLength(1);
      expect(await other.measure()).toEqual({ apps: 1, changes: 1 });
    });
  });

  describe(`${name}: erased tenants`, () => {
    test("apps, summaries and changes are gone, and other tenants keep theirs", async () => {
      const store = await openWithChanges();
      await addApps(store, [sampleApp()], otherTenantId);
      const tenant = openTenant(store);
      expect((await store.listTenants()).toSorted()).toEqual([tenantId, otherTenantId]);
      expect(await tenant.measure()).toEqual({ apps: 2, changes: 5 });
      expect(await tenant.erase()).toEqual({ apps: 2, changes: 5 });
      expect(await tenant.measure()).toEqual({ apps: 0, changes: 0 });
      expect(await tenant.isEmpty()).toBe(true);
      expect(await tenant.readSummary(appId)).toBeUndefined();
      expect(await tenant.readApp(appId)).toBeUndefined();
      expect(await tenant.update(appId, incrementing, request)).toBeUndefined();
      expect(await tenant.listApps({ top: 10, count: true })).toEqual({ apps: [], count: 0 });
      expect(await tenant.readChanges({ ...asc, appId })).toMatchObject({ changes: [], olderRemoved: false });
      expect(await store.listTenants()).toEqual([otherTenantId]);
      const other = openTenant(store, { tenantId: otherTenantId });
      expect(await other.readSummary(appId)).toMatchObject({ etag: formatETag(1) });
      expect(await other.measure()).toEqual({ apps: 1, changes: 1 });
    });

    test("apps that come again have versions above all that the tenant had, and the log goes on", async () => {
      const store = await openWithChanges();
      const tenant = openTenant(store);
      await tenant.erase();
      await addApps(store, [sampleApp({ id: otherAppId }), sampleApp()]);
      expect(await tenant.readSummary(otherAppId)).toMatchObject({ etag: formatETag(5) });
      expect(await tenant.readSummary(appId)).toMatchObject({ etag: formatETag(5) });
      expect(await sequencesOf(store)).toEqual([7, 8]);
      const result = await tenant.update(appId, patching({ failedDeviceCount: 9 }), request);
      expect(result?.current.etag).toBe(formatETag(6));
      expect(await tenant.readChangeAfter(appId, formatETag(1))).toBeUndefined();
      expect(await tenant.readChanges({ ...asc, appId })).toMatchObject({
        changes: [{ version: 5, before: {} }, { version: 6 }],
        olderRemoved: false,
      });
      await tenant.erase();
      await addApps(store, [sampleApp()]);
      expect(await tenant.readSummary(appId)).toMatchObject({ etag: formatETag(7) });
    });

    test("every cursor from before is a gap, the newest too, and what comes later is read from there", async () => {
      const store = await openWithChanges();
      const tenant = openTenant(store);
      await tenant.erase();
      await tenant.erase();
      expect(await tenant.readLastSequence()).toBe(6);
      for (const after of [0, 4, 5]) {
        expect(await tenant.readChanges({ ...asc, after })).toEqual({
          changes: [],
          next: 6,
          hasGap: true,
          olderRemoved: true,
        });
      }
      expect(await tenant.readChanges(asc)).toMatchObject({ next: 6, hasGap: false });
      const stop = new AbortController();
      onTestFinished(() => stop.abort());
      const waiting = tenant.waitForChanges(6, stop.signal);
      await addApps(store, [sampleApp()]);
      await waiting;
      expect(await tenant.readChanges({ ...asc, after: 6 })).toMatchObject({
        changes: [{ sequence: 7 }],
        hasGap: false,
      });
      expect(await tenant.readChanges({ ...asc, after: 5 })).toMatchObject({
        changes: [{ sequence: 7 }],
        hasGap: true,
      });
    });

    test("who waits for changes hears of the erasure", async () => {
      const tenant = openTenant(await openWithChanges());
      const stop = new AbortController();
      onTestFinished(() => stop.abort());
      const waiting = tenant.waitForChanges(5, stop.signal);
      await tenant.erase();
      await waiting;
      expect(stop.signal.aborted).toBe(false);
      expect(await tenant.readChanges({ ...asc, after: 5 })).toMatchObject({ hasGap: true });
    });

    test("a tenant that has nothing is erased at once", async () => {
      const store = await open();
      const tenant = openTenant(store);
      expect(await tenant.erase()).toEqual({ apps: 0, changes: 0 });
      expect(await tenant.erase()).toEqual({ apps: 0, changes: 0 });
      await addApps(store, [sampleApp()]);
      expect(await tenant.readSummary(appId)).toMatchObject({ etag: formatETag(1) });
    });

    test("a tenant of many apps and changes is erased whole, beside changes and imports", async () => {
      const store = await open();
      const ids = Array.from(
        { length: 1300 },
        (_, at) => `${String(at).padStart(8, "0")}-0000-4000-8000-000000000000`,
      );
      await addApps(
        store,
        ids.map((id) => sampleApp({ id })),
      );
      const tenant = openTenant(store);
      await Promise.all(ids.slice(0, 300).map((id) => tenant.update(id, incrementing, request)));
      const writers = ids.slice(0, 200).map((id) => tenant.update(id, incrementing, request));
      const [size] = await Promise.all([tenant.erase(), ...writers]);
      expect(size.apps).toBe(1300);
      expect(await tenant.isEmpty()).toBe(true);
      expect(await tenant.measure()).toEqual({ apps: 0, changes: 0 });
      await addApps(store, [sampleApp({ id: ids[1299] ?? "" })]);
      expect(await tenant.readSummary(ids[1299] ?? "")).toMatchObject({ etag: formatETag(4) });
    });
  });

  describe.each(["with its changes", "whose changes were all removed"])(`${name}: a tenant %s`, (which) => {
    const ids = Array.from(
      { length: 600 },
      (_, at) => `${String(at).padStart(8, "0")}-0000-4000-8000-000000000000`,
    );
    const apps = ids.map((id) => sampleApp({ id }));
    const watch = async () => {
      const store = await open();
      await addApps(store, apps);
      const tenant = openTenant(store);
      if (which === "whose changes were all removed") await tenant.removeChanges(afterAll, 1000);
      return { store, tenant, isErased: await watchErasure(tenant) };
    };

    test("is not erased by changes, new apps and imports", async () => {
      const { store, tenant, isErased } = await watch();
      expect(await isErased()).toBe(false);
      await tenant.update(ids[0] ?? "", incrementing, request);
      await addApps(store, [sampleApp()]);
      expect(await isErased()).toBe(false);
    });

    test("is erased where it has no app any more, and is listed all the same", async () => {
      const { tenant } = await watch();
      const stopped = new AbortController();
      const stop = vi.spyOn(stopped.signal, "throwIfAborted");
      // All apps go before the changes of the log.
      while ((await tenant.listApps({ top: 1 })).apps.length > 0) {
        stop.mockReturnValueOnce().mockReturnValueOnce();
        stopped.abort();
        await tenant.erase(stopped.signal).catch(() => {});
      }
      expect(await (await watchErasure(tenant))()).toBe(true);
    });

    test("is not erased by retention", async () => {
      const { tenant, isErased } = await watch();
      await tenant.removeChanges(afterAll, 1000);
      expect(await isErased()).toBe(false);
    });

    test("is known to be erased in part, as a whole, and where an import follows", async () => {
      const { store, tenant, isErased } = await watch();
      const stopped = new AbortController();
      const stop = vi.spyOn(stopped.signal, "throwIfAborted");
      // The second step has removed the first apps.
      stop.mockReturnValueOnce().mockReturnValueOnce();
      stopped.abort();
      await tenant.erase(stopped.signal).catch(() => {});
      const { count } = await tenant.listApps({ top: 1, count: true });
      expect(count).toBeLessThan(ids.length);
      expect(await isErased()).toBe(true);
      await addApps(store, apps);
      await tenant.update(ids[0] ?? "", incrementing, request);
      expect(await isErased()).toBe(true);
      await tenant.erase();
      expect(await isErased()).toBe(true);
      await addApps(store, apps);
      expect(await isErased()).toBe(true);
    });
  });
}

async function sequencesOf(store: ImportingStore): Promise<readonly number[]> {
  const { changes } = await openTenant(store).readChanges(asc);
  return changes.map(({ sequence }) => sequence);
}
