import { decidePatch, formatETag, GraphError } from "@install-summary/core";
import { expect, onTestFinished, test } from "vitest";
import type { ImportingStore } from "@install-summary/core/service";
import { inspectDatabase } from "../src/store/postgres/inspect-database.ts";
import { openPostgresStore } from "../src/store/postgres/open-postgres-store.ts";
import { startLosingLink, type Lost, type LosingLink } from "./losing-link.ts";
import { locationOf, usePostgres } from "./postgres.ts";
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

const { server, createDatabase } = usePostgres();

interface Linked {
  readonly database: string;
  readonly link: LosingLink;
  /** A store through the link, and one beside it. */
  readonly store: ImportingStore;
  readonly other: ImportingStore;
}

async function openLinked(): Promise<Linked> {
  const database = await createDatabase();
  const location = locationOf(server().url(database));
  const link = await startLosingLink(server().port);
  const open = async (port: number): Promise<ImportingStore> => {
    const hosts = [{ host: "127.0.0.1", port }];
    const store = await openPostgresStore({ location: { ...location, hosts } });
    onTestFinished(() => store.close());
    return store;
  };
  const [store, other] = [await open(link.port), await open(server().port)];
  await addApps(other, [sampleApp(), sampleApp({ id: otherTenantId })]);
  return { database, link, store, other };
}

/** The versions of the sample's app in the order of the log, which is checked as a whole. */
async function versionsOf(database: string, app = appId): Promise<readonly number[]> {
  expect((await inspectDatabase(locationOf(server().url(database)))).faults).toEqual([]);
  const rows = await server().query(
    "SELECT version FROM install_summary_change WHERE app_id = $1 ORDER BY sequence",
    [app],
    database,
  );
  return rows.map(({ version }) => Number(version));
}

const newId = "77777777-0000-4000-8000-000000000001";
const losses: readonly Lost[] = ["request", "response"];

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

test.each(losses)("an import whose %s is lost is committed once, and says what it did", async (lost) => {
  const { database, link, store } = await openLinked();
  const [id, app] = [newId, sampleApp({ id: newId })];
  link.loseNext(lost, "COMMIT");
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
});
