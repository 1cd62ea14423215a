import { formatETag } from "@install-summary/core";
import { Client } from "pg";
import { expect, onTestFinished, test } from "vitest";
import { commit, useLinkedStores } from "./linked-stores.ts";
import type { Lost } from "./losing-link.ts";
import { appId, incrementing, openTenant, otherTenantId, request, tenantId } from "./samples.ts";

const { server, openLinked, versionsOf } = useLinkedStores();

const afterAll = "9999-12-31T00:00:00.000Z";
const losses: readonly Lost[] = ["request", "response"];
/** A transaction that still waits for its commit keeps all others out. */
const commitLosses: readonly Lost[] = ["session", "response"];
const deletionUnknown = {
  status: 504,
  message: "The store did not confirm the deletion, which may have been made. It can be repeated.",
};

test.each(commitLosses)("a removal whose %s is lost is made once, and its number is told", async (lost) => {
  const { database, link, store } = await openLinked();
  const tenant = openTenant(store);
  await tenant.update(appId, incrementing, request);
  link.loseNext(lost, commit);
  expect(await tenant.removeChanges(afterAll, 2)).toBe(2);
  expect(await versionsOf(database, otherTenantId)).toEqual([]);
  expect(await versionsOf(database)).toEqual([2]);
});

test.each(commitLosses)(
  "an erasure whose %s is lost is made, and tells all that it has deleted",
  async (lost) => {
    const { database, link, store } = await openLinked();
    const tenant = openTenant(store);
    await tenant.update(appId, incrementing, request);
    link.loseNext(lost, commit);
    expect(await tenant.erase()).toEqual({ apps: 2, changes: 3 });
    expect(await tenant.measure()).toEqual({ apps: 0, changes: 0 });
    expect(await versionsOf(database)).toEqual([]);
  },
);

test.each(losses)(
  "a change whose %s is lost is told as made, though its tenant is erased with it",
  async (lost) => {
    const { database, link, store } = await openLinked();
    const tenant = openTenant(store);
    link.loseNext(lost, "update-group");
    const [changed, erased] = await Promise.all([
      tenant.update(appId, incrementing, request),
      tenant.erase(),
    ]);
    expect(changed).toMatchObject({ decision: { kind: "changed" }, current: { etag: formatETag(2) } });
    expect(erased).toEqual({ apps: 2, changes: 3 });
    expect(await versionsOf(database)).toEqual([]);
  },
);

test.each([
  ["it was removed", 0],
  ["it was removed after others were made", 2],
])("a change of which the log tells nothing, because %s, is a 504", async (_, later) => {
  const { database, link, store, other } = await openLinked();
  const tenant = openTenant(other);
  link.loseNext("response", "update-group", async () => {
    for (let at = 0; at < later; at += 1) await tenant.update(appId, incrementing, { requestId: "another" });
    // The first changes of both apps, and the lost one.
    await tenant.removeChanges(afterAll, 3);
  });
  await expect(openTenant(store).update(appId, incrementing, request)).rejects.toMatchObject({
    status: 504,
    message:
      "The store did not confirm the change, which may have been applied, or may still be. Read again before you repeat it.",
  });
  expect(await versionsOf(database)).toEqual([3, 4].slice(0, later));
});

test("a change that was lost before it arrived is made, although those before it were removed", async () => {
  const { database, link, store, other } = await openLinked();
  const { arrive } = link.loseNext("request", "update-group", () =>
    openTenant(other).removeChanges(afterAll, 2),
  );
  expect(await openTenant(store).update(appId, incrementing, request)).toMatchObject({
    decision: { kind: "changed" },
    current: { etag: formatETag(2) },
  });
  await arrive();
  expect(await versionsOf(database)).toEqual([2]);
});

test.each(["removal", "erasure"])(
  "a lost %s that cannot be looked for is a 504 that says so",
  async (what) => {
    const { database, link, store } = await openLinked();
    const tenant = openTenant(store);
    const locker = new Client(server().url(database));
    await locker.connect();
    onTestFinished(() => locker.end());
    link.loseNext("response", commit, async () => {
      await locker.query("BEGIN");
      await locker.query("LOCK TABLE change_feed");
    });
    const deletion = what === "removal" ? tenant.removeChanges(afterAll, 1) : tenant.erase();
    await expect(deletion).rejects.toMatchObject(deletionUnknown);
    await locker.query("COMMIT");
    // It can be repeated.
    expect(await tenant.erase()).toEqual(
      what === "removal" ? { apps: 2, changes: 1 } : { apps: 0, changes: 0 },
    );
  },
);

test("a removal whose session is ended while it waits is made once", async () => {
  const { database, store } = await openLinked();
  const locker = new Client(server().url(database));
  await locker.connect();
  onTestFinished(() => locker.end());
  await locker.query("BEGIN");
  await locker.query("UPDATE change_feed SET last = last WHERE tenant_id = $1", [tenantId]);
  const removal = openTenant(store).removeChanges(afterAll, 1);
  const waiting = (): Promise<readonly unknown[]> =>
    server().query("SELECT pid FROM pg_stat_activity WHERE datname = $1 AND wait_event_type = 'Lock'", [
      database,
    ]);
  await expect.poll(waiting).toHaveLength(1);
  await server().query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND wait_event_type = 'Lock'",
    [database],
  );
  await locker.query("COMMIT");
  expect(await removal).toBe(1);
  expect(await versionsOf(database, otherTenantId)).toEqual([1]);
});

test("a removal whose commit is on its way for longer than it is waited for is a 504, and is made when it arrives", async () => {
  const { database, link, store } = await openLinked();
  const { arrive } = link.loseNext("request", commit);
  await expect(openTenant(store).removeChanges(afterAll, 1)).rejects.toMatchObject(deletionUnknown);
  expect(await versionsOf(database)).toEqual([1]);
  await arrive();
  expect(await versionsOf(database)).toEqual([]);
});
