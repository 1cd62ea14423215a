import { formatETag, graphError } from "@install-summary/core";
import { describe, expect, test } from "vitest";
import {
  addApps,
  appId,
  incrementing,
  openTenant,
  otherTenantId,
  patching,
  request,
  sampleApp,
  sampleSummary,
} from "./samples.ts";
import { openersOf, type StoreSubject, failing, importOne, idOf, closeAfterwards } from "./store-subject.ts";

/** What is read and changed of single apps. */
export function testReading(subject: StoreSubject): void {
  const { name, create, deviations = {} } = subject;
  const { open, openWith } = openersOf(subject);

  describe(`${name}: reading and changing`, () => {
    test("a change is read back, with the next ETag", async () => {
      const tenant = await openWith({});
      const result = await tenant.update(
        appId,
        patching({ failedDeviceCount: 8, failedUserCount: 0 }),
        request,
      );
      const summary = sampleSummary({ failedDeviceCount: 8, failedUserCount: 0 });
      expect(result).toEqual({
        decision: { kind: "changed", summary },
        current: { summary, etag: formatETag(2) },
      });
      expect(await tenant.readSummary(appId)).toEqual({ summary, etag: formatETag(2) });
      expect(await tenant.readApp(appId)).toEqual({ app: sampleApp(), summary, etag: formatETag(2) });
    });

    test("a change is there when the store is opened again", async (context) => {
      if (deviations.forgetsWhenClosed !== undefined) context.skip(deviations.forgetsWhenClosed);
      const openAgain = create();
      const first = await openAgain();
      await addApps(first, [sampleApp()]);
      await openTenant(first).update(appId, incrementing, request);
      await first.close();
      const second = openTenant(closeAfterwards(await openAgain()));
      expect(await second.readSummary(appId)).toMatchObject({ etag: formatETag(2) });
    });

    test("a decision sees the current summary with its ETag", async () => {
      const tenant = await openWith({});
      const seen: unknown[] = [];
      await tenant.update(appId, (current) => (seen.push(current), { kind: "unchanged" }), request);
      expect(seen).toEqual([{ summary: sampleSummary(), etag: formatETag(1) }]);
    });

    test("an unknown app is undefined", async () => {
      const tenant = openTenant(await open());
      expect(await tenant.readSummary(appId)).toBeUndefined();
      expect(await tenant.readApp(appId)).toBeUndefined();
      expect(await tenant.update(appId, incrementing, request)).toBeUndefined();
      expect(await tenant.isEmpty()).toBe(true);
    });

    test("a refused or unchanged patch leaves summary and ETag alone", async () => {
      const tenant = await openWith({});
      const error = graphError("PreconditionFailed", "no");
      const current = { summary: sampleSummary(), etag: formatETag(1) };
      expect(await tenant.update(appId, patching({ failedDeviceCount: 1 }), request)).toEqual({
        decision: { kind: "unchanged" },
        current,
      });
      const refused = await tenant.update(appId, () => ({ kind: "refused", error }), request);
      expect(refused).toEqual({ decision: { kind: "refused", error }, current });
      expect(await tenant.readSummary(appId)).toEqual(current);
    });

    test("the change that followed a version is read back, with whose request made it", async () => {
      const store = await open();
      await addApps(store, [sampleApp()]);
      const tenant = openTenant(store);
      const by = { ...request, clientRequestId: "7c2e" };
      await tenant.update(appId, patching({ failedDeviceCount: 8, failedUserCount: 15 }), by);
      await openTenant(store, { actor: "bert" }).update(appId, incrementing, request);
      expect(await tenant.readChangeAfter(appId, formatETag(1))).toEqual({
        actor: "ada",
        clientRequestId: "7c2e",
        before: { failedDeviceCount: 1 },
        after: { failedDeviceCount: 8 },
      });
      expect(await tenant.readChangeAfter(appId, '"2"')).toEqual({
        actor: "bert",
        clientRequestId: undefined,
        before: { failedDeviceCount: 8 },
        after: { failedDeviceCount: 9 },
      });
      for (const etag of [formatETag(3), formatETag(99), '"x"'])
        expect(await tenant.readChangeAfter(appId, etag)).toBeUndefined();
      const other = openTenant(store, { tenantId: otherTenantId });
      expect(await other.readChangeAfter(appId, formatETag(1))).toBeUndefined();
      expect(await tenant.readChangeAfter(sampleApp({ id: idOf(9) }).id, formatETag(1))).toBeUndefined();
    });

    test("an import that changes counters is read back as a change too", async () => {
      const tenant = await openWith({});
      await importOne(tenant, { kind: "changed", summary: sampleSummary({ failedUserCount: 9 }) });
      expect(await tenant.readChangeAfter(appId, formatETag(1))).toEqual({
        actor: "ada",
        clientRequestId: undefined,
        before: { failedUserCount: 15 },
        after: { failedUserCount: 9 },
      });
    });

    test("changes of one app at the same time see each other", async () => {
      const tenant = await openWith({});
      const results = await Promise.all(
        Array.from({ length: 100 }, () => tenant.update(appId, incrementing, request)),
      );
      const etags = results.map((result) => result?.current.etag);
      expect(etags).toEqual(Array.from({ length: 100 }, (_, index) => formatETag(index + 2)));
      expect((await tenant.readSummary(appId))?.summary.failedDeviceCount).toBe(101);
    });

    test("a decision that throws fails only its own caller", async () => {
      const tenant = await openWith({});
      const results = await Promise.allSettled([
        tenant.update(appId, incrementing, request),
        tenant.update(appId, failing, request),
        tenant.update(appId, incrementing, request),
      ]);
      expect(results).toMatchObject([
        { status: "fulfilled", value: { current: { etag: formatETag(2) } } },
        { status: "rejected", reason: { message: "mine" } },
        { status: "fulfilled", value: { current: { etag: formatETag(3) } } },
      ]);
    });

    test("nothing of another tenant can be read, listed, counted or changed", async () => {
      const store = await open();
      await addApps(store, [sampleApp()]);
      const other = openTenant(store, { tenantId: otherTenantId });
      expect(await other.readSummary(appId)).toBeUndefined();
      expect(await other.readApp(appId)).toBeUndefined();
      expect(await other.update(appId, incrementing, request)).toBeUndefined();
      expect(await other.isEmpty()).toBe(true);
      expect(await other.listApps({ top: 10, count: true })).toEqual({ apps: [], count: 0 });
      expect(await other.listApps({ top: 10, count: true, search: [{ word: "outlook" }] })).toEqual({
        apps: [],
        count: 0,
      });
      expect(await openTenant(store).readSummary(appId)).toMatchObject({ etag: formatETag(1) });
    });

    test("a store that is closed commits what it accepted and refuses the rest", async () => {
      const store = await open();
      await addApps(store, [sampleApp()]);
      const tenant = openTenant(store);
      await store.check();
      const waiting = tenant.update(appId, incrementing, request);
      const closed = store.close();
      const refused = { code: "ServiceUnavailable", retryAfter: expect.any(Number) };
      await expect(tenant.update(appId, incrementing, request)).rejects.toMatchObject(refused);
      expect(await waiting).toMatchObject({ current: { etag: formatETag(2) } });
      await closed;
      await expect(tenant.readSummary(appId)).rejects.toMatchObject(refused);
      await expect(tenant.readApp(appId)).rejects.toMatchObject(refused);
      await expect(tenant.listApps({ top: 1 })).rejects.toMatchObject(refused);
      await expect(tenant.listApps({ top: 1, search: [{ word: "x" }] })).rejects.toMatchObject(refused);
      await expect(store.check()).rejects.toMatchObject(refused);
    });
  });
}
