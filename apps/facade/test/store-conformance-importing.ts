import { formatETag } from "@install-summary/core";
import { describe, expect, test } from "vitest";
import {
  addApps,
  appId,
  incrementing,
  openTenant,
  otherTenantId,
  request,
  sampleApp,
  sampleSummary,
} from "./samples.ts";
import { openersOf, type StoreSubject, failing, importOne, idOf } from "./store-subject.ts";

/** What an import makes of apps. */
export function testImporting(subject: StoreSubject): void {
  const { name } = subject;
  const { open, openWith } = openersOf(subject);

  describe(`${name}: importing`, () => {
    test("name and counters change apart, and only counters make a new ETag", async () => {
      const tenant = await openWith({});
      const renamed = sampleApp({ displayName: "Outlook 4.4", publisher: null });
      await importOne(tenant, { kind: "changed", app: renamed });
      expect(await tenant.readApp(appId)).toEqual({
        app: renamed,
        summary: sampleSummary(),
        etag: formatETag(1),
      });
      const summary = sampleSummary({ failedUserCount: 3 });
      await importOne(tenant, { kind: "changed", summary });
      expect(await tenant.readApp(appId)).toEqual({ app: renamed, summary, etag: formatETag(2) });
      await importOne(tenant, { kind: "changed", app: sampleApp(), summary: sampleSummary() });
      expect(await tenant.readApp(appId)).toEqual({
        app: sampleApp(),
        summary: sampleSummary(),
        etag: formatETag(3),
      });
      await importOne(tenant, { kind: "changed", summary: sampleSummary() });
      await importOne(tenant, { kind: "unchanged" });
      await importOne(tenant, { kind: "rejected", problem: "bad" });
      expect(await tenant.readSummary(appId)).toMatchObject({ etag: formatETag(3) });
    });

    test("each row sees its own app as it is, and decisions come in the order of the rows", async () => {
      const tenant = await openWith({});
      const fresh = sampleApp({ id: idOf(1) });
      const seen: unknown[] = [];
      const decisions = await tenant.importApps(
        [
          {
            appId: fresh.id,
            decide: (current) => (
              seen.push(current),
              { kind: "created", app: fresh, summary: sampleSummary({}, fresh.id) }
            ),
          },
          { appId, decide: (current) => (seen.push(current), { kind: "unchanged" }) },
        ],
        request,
      );
      expect(seen).toEqual([undefined, { app: sampleApp(), summary: sampleSummary(), etag: formatETag(1) }]);
      expect(decisions.map(({ kind }) => kind)).toEqual(["created", "unchanged"]);
      expect(await tenant.readApp(fresh.id)).toMatchObject({ app: fresh, etag: formatETag(1) });
    });

    test("some apps are read in the order of their ids, and an unknown one is undefined", async () => {
      const store = await open();
      await addApps(store, [sampleApp()]);
      const tenant = openTenant(store);
      const fresh = sampleApp({ id: idOf(1) });
      const decision = { kind: "created", app: fresh, summary: sampleSummary({}, fresh.id) } as const;
      await tenant.importApps([{ appId: fresh.id, decide: () => decision }], request);
      const ids = [fresh.id, idOf(2), appId, fresh.id];
      const apps = await tenant.readApps(ids);
      expect(apps).toEqual(await Promise.all(ids.map((id) => tenant.readApp(id))));
      expect(apps.map((found) => found?.app.id)).toEqual([fresh.id, undefined, appId, fresh.id]);
      expect(await tenant.readApps([])).toEqual([]);
      const other = openTenant(store, { tenantId: otherTenantId });
      expect(await other.readApps([appId])).toEqual([undefined]);
    });

    test("a decision that throws leaves nothing of its import behind", async () => {
      const tenant = openTenant(await open());
      const importing = tenant.importApps(
        [
          { appId, decide: () => ({ kind: "created", app: sampleApp(), summary: sampleSummary() }) },
          {
            appId: idOf(1),
            decide: failing,
          },
        ],
        request,
      );
      await expect(importing).rejects.toThrow("mine");
      expect(await tenant.isEmpty()).toBe(true);
      expect(await tenant.readLastSequence()).toBe(0);
    });

    test("a change that waits for the same commit as an import sees the import", async () => {
      const tenant = openTenant(await open());
      const [, result] = await Promise.all([
        tenant.importApps(
          [{ appId, decide: () => ({ kind: "created", app: sampleApp(), summary: sampleSummary() }) }],
          request,
        ),
        tenant.update(appId, incrementing, request),
      ]);
      expect(result).toMatchObject({ current: { etag: formatETag(2), summary: { failedDeviceCount: 2 } } });
      expect(await tenant.readApp(appId)).toMatchObject({ app: sampleApp(), etag: formatETag(2) });
    });
  });
}
