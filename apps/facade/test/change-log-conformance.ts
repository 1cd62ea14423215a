import { changeOrigins } from "@install-summary/core";
import type { ChangeLog, ChangeQuery, ImportingStore, LoggedChange } from "@install-summary/core/service";
import * as fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
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
import type { StoreSubject } from "./store-subject.ts";

const otherAppId = "11111111-1111-4111-8111-111111111111";
const asc = { order: "asc", top: 1000 } as const;

/** Declares the tests of the change log that every adapter must pass. */
export function testChangeLog({ name, create }: Pick<StoreSubject, "name" | "create">): void {
  const open = async (): Promise<ImportingStore> => {
    const store = await create()();
    onTestFinished(() => store.close());
    return store;
  };
  const openWithApps = async (): Promise<ImportingStore> => {
    const store = await open();
    await addApps(store, [sampleApp(), sampleApp({ id: otherAppId, displayName: null })]);
    return store;
  };

  describe(`${name}: change log`, () => {
    test("a change is read with its app's name, whose request made it and what it changed", async () => {
      const store = await openWithApps();
      const before = new Date().toISOString();
      const by = { requestId: "request-2", clientRequestId: "7c2e" };
      await openTenant(store, { origin: "undo" }).update(appId, patching({ failedDeviceCount: 8 }), by);
      const { changes, next } = await openTenant(store).readChanges({ ...asc, after: 2 });
      expect(changes).toEqual([
        {
          sequence: 3,
          appId,
          displayName: "Outlook",
          version: 2,
          changedAt: expect.any(String),
          actor: "ada",
          origin: "undo",
          ...by,
          before: { failedDeviceCount: 1 },
          after: { failedDeviceCount: 8 },
        },
      ]);
      expect(next).toBe(3);
      const changedAt = changes[0]?.changedAt ?? "";
      expect(changedAt >= before && changedAt <= new Date().toISOString()).toBe(true);
    });

    test("a created app is a change of version 1 from nothing, and an app without a name has none", async () => {
      const { changes } = await openTenant(await openWithApps()).readChanges(asc);
      expect(changes).toHaveLength(2);
      expect(changes[1]).toMatchObject({ appId: otherAppId, displayName: null, version: 1, before: {} });
      expect(changes[1]).not.toHaveProperty("clientRequestId");
      expect(Object.keys(changes[1]?.after ?? {})).toHaveLength(10);
    });

    test("an empty log is an empty page, and a position beyond the end is a gap", async () => {
      const tenant = openTenant(await open());
      expect(await tenant.readChanges(asc)).toMatchObject({ changes: [], next: 0, hasGap: false });
      expect(await tenant.readChanges({ order: "desc", top: 1 })).toEqual({
        changes: [],
        hasGap: false,
        olderRemoved: false,
      });
      expect(await tenant.readChanges({ ...asc, after: 5 })).toEqual({ changes: [], next: 0, hasGap: true });
      expect(await tenant.readLastSequence()).toBe(0);
    });

    test("a tenant reads its own changes alone", async () => {
      const store = await openWithApps();
      await addApps(store, [sampleApp()], otherTenantId);
      const other = openTenant(store, { tenantId: otherTenantId });
      expect((await other.readChanges(asc)).changes).toMatchObject([{ sequence: 1, appId }]);
      expect(await other.readLastSequence()).toBe(1);
      expect(await openTenant(store).readLastSequence()).toBe(2);
    });

    test("pages in both orders, and every filter, give what filtering the whole log gives", async () => {
      const store = await openWithApps();
      const log = await fillLog(store);
      const tenant = openTenant(store);
      const queries = fc.record({
        order: fc.constantFrom("asc", "desc"),
        top: fc.integer({ min: 1, max: 40 }),
        after: fc.option(fc.integer({ min: 0, max: log.length }), { nil: undefined }),
        appId: fc.option(fc.constantFrom(appId, otherAppId, tenantId), { nil: undefined }),
        actor: fc.option(fc.constantFrom("ada", "bert", "carl"), { nil: undefined }),
        origin: fc.option(fc.constantFrom(...changeOrigins), { nil: undefined }),
        since: fc.option(fc.constantFrom(...log.map(timeOf)), { nil: undefined }),
        until: fc.option(fc.constantFrom(...log.map(timeOf)), { nil: undefined }),
      } satisfies Record<keyof ChangeQuery, unknown>);
      await fc.assert(
        fc.asyncProperty(queries, async (query) => {
          expect(await readAll(tenant, query)).toEqual(expectedOf(log, query));
        }),
        { numRuns: 150 },
      );
    });

    test("while others write, who reads on after each page gets every change once, in order", async () => {
      const store = await openWithApps();
      const writing = new AbortController();
      const read: number[] = [];
      const reader = (async () => {
        const tenant = openTenant(store);
        let next = 0;
        for (let isLast = false; !isLast;) {
          isLast = writing.signal.aborted;
          const page = await tenant.readChanges({ order: "asc", top: 7, after: next });
          read.push(...page.changes.map(({ sequence }) => sequence));
          if (page.changes.length === 7) isLast = false;
          next = page.next ?? next;
          // A store may read without waiting, and the writers need their turns.
          await new Promise(setImmediate);
        }
      })();
      const writers = ["ada", "bert", "carl"].map(async (actor) => {
        const tenant = openTenant(store, { actor });
        for (let at = 0; at < 60; at += 1) {
          await Promise.all([appId, otherAppId].map((id) => tenant.update(id, incrementing, request)));
        }
      });
      await Promise.all(writers);
      writing.abort();
      await reader;
      expect(read).toEqual(Array.from({ length: 362 }, (_, index) => index + 1));
    });

    test("waiting ends with the next change of the tenant, and when it is given up", async () => {
      const store = await openWithApps();
      const tenant = openTenant(store);
      const stop = new AbortController();
      await tenant.waitForChanges(1, stop.signal);
      const waiting = tenant.waitForChanges(2, stop.signal).then(() => tenant.readLastSequence());
      await addApps(store, [sampleApp()], otherTenantId);
      await tenant.update(appId, incrementing, request);
      expect(await waiting).toBe(3);
      const givenUp = tenant.waitForChanges(3, stop.signal);
      stop.abort();
      expect(await givenUp).toBeUndefined();
    });
  });
}

/** Makes changes of two apps by three people from several places, and reads the whole log. */
async function fillLog(store: ImportingStore): Promise<readonly LoggedChange[]> {
  for (let at = 0; at < 60; at += 1) {
    const actor = ["ada", "bert", "carl"][at % 3] ?? "";
    const origin = changeOrigins[at % 4] ?? "api";
    const id = at % 5 < 2 ? appId : otherAppId;
    await openTenant(store, { actor, origin }).update(id, incrementing, request);
  }
  const { changes } = await openTenant(store).readChanges(asc);
  expect(changes.map(({ sequence }) => sequence)).toEqual(
    Array.from({ length: 62 }, (_, index) => index + 1),
  );
  return changes;
}

function timeOf({ changedAt }: LoggedChange): string {
  return changedAt;
}

/** Page after page to the end. */
async function readAll(tenant: ChangeLog, query: ChangeQuery): Promise<readonly LoggedChange[]> {
  const found: LoggedChange[] = [];
  let after = query.after;
  for (;;) {
    const page = await tenant.readChanges({ ...query, after });
    expect(page.changes.length).toBeLessThanOrEqual(query.top);
    found.push(...page.changes);
    if (page.next === undefined || page.next === after || page.changes.length === 0) return found;
    after = page.next;
  }
}

function expectedOf(log: readonly LoggedChange[], query: ChangeQuery): readonly LoggedChange[] {
  const { order, after = order === "asc" ? 0 : log.length + 1 } = query;
  const found = log.filter(
    (change) =>
      (order === "asc" ? change.sequence > after : change.sequence < after) &&
      (query.appId ?? change.appId) === change.appId &&
      (query.actor ?? change.actor) === change.actor &&
      (query.origin ?? change.origin) === change.origin &&
      change.changedAt >= (query.since ?? "") &&
      (query.until === undefined || change.changedAt < query.until),
  );
  return order === "asc" ? found : found.toReversed();
}
