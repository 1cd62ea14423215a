import { decidePatch, formatETag, GraphError } from "@install-summary/core";
import { expect, test } from "vitest";
import { commit, useLinkedStores } from "./linked-stores.ts";
import type { Lost } from "./losing-link.ts";
import {
  appId,
  incrementing,
  openTenant,
  otherTenantId,
  request,
  sampleApp,
  sampleSummary,
} from "./samples.ts";

const { openLinked, versionsOf } = useLinkedStores();

const newId = "77777777-0000-4000-8000-000000000001";
const losses: readonly Lost[] = ["request", "response"];
/** A transaction that still waits for its commit keeps all others out. */
const commitLosses: readonly Lost[] = ["session", "response"];

test.each(losses)("a change whose %s is lost is made once, and its sender is told so", async (lost) => {
  const { database, link, store } = await openLinked();
  const { arrive } = link.loseNext(lost, "update-group");
  expect(await openTenant(store).update(appId, incrementing, request)).toMatchObject({
    decision: { kind: "changed" },
    current: { etag: formatETag(2) },
  });
  // What arrives late was decided on a version that is no longer there.
  if (lost === "request") await arrive();
  expect(await versionsOf(database)).toEqual([1, 2]);
});

test.each(losses)("a guarded change whose %s is lost does not meet itself", async (lost) => {
  const { database, link, store } = await openLinked();
  link.loseNext(lost, "update-group");
  const change = openTenant(store).update(
    appId,
    (current) => decidePatch(current, { failedDeviceCount: 4 }, { ifMatch: formatETag(1) }),
    request,
  );
  expect(await change).toMatchObject({ decision: { kind: "changed" }, current: { etag: formatETag(2) } });
  expect(await versionsOf(database)).toEqual([1, 2]);
});

test("a guarded change that was lost before it arrived is a 412 where another one was first", async () => {
  const { database, link, store, other } = await openLinked();
  const { arrive } = link.loseNext("request", "update-group", () =>
    openTenant(other).update(appId, incrementing, { requestId: "another" }),
  );
  const result = await openTenant(store).update(
    appId,
    (current) => decidePatch(current, { failedUserCount: 9 }, { ifMatch: formatETag(1) }),
    request,
  );
  expect(result).toMatchObject({
    decision: { kind: "refused", error: expect.any(GraphError) },
    current: { etag: formatETag(2) },
  });
  await arrive();
  expect(await versionsOf(database)).toEqual([1, 2]);
});

test("a change that is in the log is told as it was made, although others came after it", async () => {
  const { database, link, store, other } = await openLinked();
  link.loseNext("response", "update-group", () =>
    openTenant(other).update(appId, incrementing, { requestId: "another" }),
  );
  expect(await openTenant(store).update(appId, incrementing, request)).toMatchObject({
    current: { etag: formatETag(2) },
  });
  expect(await versionsOf(database)).toEqual([1, 2, 3]);
});

test.each([
  ["request", [3, 4, 2, 3]],
  ["response", [2, 3, 2, 3]],
] as const)("of a group whose %s is lost each change is told what became of it", async (lost, versions) => {
  const { database, link, store, other } = await openLinked();
  const tenant = openTenant(store);
  link.loseNext(lost, "update-group", () =>
    openTenant(other).update(appId, incrementing, { requestId: "another" }),
  );
  const results = await Promise.all(
    [appId, appId, otherTenantId, otherTenantId].map((id, at) =>
      tenant.update(id, incrementing, { requestId: `request-${at}` }),
    ),
  );
  expect(results.map((result) => result?.current.etag)).toEqual(versions.map(formatETag));
  expect(await versionsOf(database)).toEqual([1, 2, 3, 4]);
  expect(await versionsOf(database, otherTenantId)).toEqual([1, 2, 3]);
});

test.each(commitLosses)(
  "an import whose %s is lost is committed once, and says what it did",
  async (lost) => {
    const { database, link, store } = await openLinked();
    const [id, app] = [newId, sampleApp({ id: newId })];
    link.loseNext(lost, commit);
    const decisions = await openTenant(store).importApps(
      [
        { appId, decide: () => ({ kind: "unchanged" }) },
        {
          appId: id,
          decide: (current) =>
            current === undefined
              ? { kind: "created", app, summary: sampleSummary({}, id) }
              : { kind: "unchanged" },
        },
      ],
      request,
    );
    expect(decisions).toMatchObject([{ kind: "unchanged" }, { kind: "created" }]);
    expect(await versionsOf(database, id)).toEqual([1]);
  },
);

test.each(commitLosses)("an import that renames an app and whose %s is lost is made", async (lost) => {
  const { database, link, store } = await openLinked();
  const app = sampleApp({ displayName: "Renamed" });
  link.loseNext(lost, commit);
  const [decision] = await openTenant(store).importApps(
    [
      {
        appId,
        decide: (current) =>
          current?.app.displayName === app.displayName ? { kind: "unchanged" } : { kind: "changed", app },
      },
    ],
    request,
  );
  // The log has nothing of a name: what was committed is decided again.
  expect(decision).toEqual(lost === "session" ? { kind: "changed", app } : { kind: "unchanged" });
  expect((await openTenant(store).readApp(appId))?.app.displayName).toBe(app.displayName);
  expect(await versionsOf(database)).toEqual([1]);
});
