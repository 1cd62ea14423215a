import { isGraphError } from "@install-summary/core";
import { createInstallSummaryClient, type InstallSummaryClient } from "@install-summary/core/client";
import { expect, onTestFinished, test } from "vitest";
import { pino } from "pino";
import { developmentTenantId } from "../src/identity/development/development-issuer.ts";
import { openPostgresStore } from "../src/store/postgres/open-postgres-store.ts";
import { openStream } from "./event-stream.ts";
import { iosAppId, openFacade, read, summary, type TestFacade } from "./facades.ts";
import { locationOf, usePostgres } from "./postgres.ts";
import { appId, openTenant } from "./samples.ts";

const { server, createDatabase } = usePostgres();

/** Starts facades on one database, each with a data folder of its own, all at once. */
async function useInstances(
  count: number,
  settings: { readonly retention?: number } = {},
): Promise<readonly [TestFacade, ...TestFacade[]]> {
  const store = locationOf(server().url(await createDatabase()));
  const opening = Array.from({ length: count }, () => openFacade({ settings: { store, ...settings } }));
  const [first, ...others] = await Promise.all(opening);
  if (first === undefined) throw new Error("No instance was asked for.");
  onTestFinished(() => Promise.all([first, ...others].map((one) => one.close())).then(() => undefined));
  return [first, ...others];
}

async function clientOf(facade: TestFacade): Promise<InstallSummaryClient> {
  const token = await facade.issueToken();
  return createInstallSummaryClient({ baseUrl: `${facade.url}/beta`, token: () => token });
}

interface SeenChange {
  readonly cursor: string;
  readonly appId: string;
  readonly version: number;
}

/** The changes after a cursor, up to the end that the log has now. */
async function readAfter(facade: TestFacade, cursor: string | undefined): Promise<readonly SeenChange[]> {
  const from = cursor === undefined ? "" : `&after=${cursor}`;
  const { value } = await read(await facade.get(`/api/changes?order=asc&top=5${from}`));
  return value;
}

/** Reads the log by cursors until it has come to its end after `isWritten` says that nothing is added any more. */
async function followLog(facade: TestFacade, isWritten: () => boolean): Promise<readonly SeenChange[]> {
  const seen: SeenChange[] = [];
  for (;;) {
    const isLast = isWritten();
    const page = await readAfter(facade, seen.at(-1)?.cursor);
    seen.push(...page);
    if (isLast && page.length === 0) return seen;
  }
}

test("no increment is lost when writers of three instances guard theirs and try again", async () => {
  const facades = await useInstances(3);
  const clients = await Promise.all(facades.map(clientOf));
  await facades[0].patch({ failedDeviceCount: 0 });
  const increments = 8;
  const increment = async (client: InstallSummaryClient): Promise<void> => {
    const { summary: current, etag } = await client.get(appId);
    try {
      await client.update(appId, { failedDeviceCount: current.failedDeviceCount + 1 }, { ifMatch: etag });
    } catch (error) {
      if (!isGraphError(error, "PreconditionFailed")) throw error;
      await increment(client);
    }
  };
  await Promise.all(
    [...clients, ...clients].map(async (client) => {
      for (let count = 0; count < increments; count += 1) await increment(client);
    }),
  );
  const found = await Promise.all(clients.map((client) => client.get(appId)));
  expect(found.map(({ summary: { failedDeviceCount } }) => failedDeviceCount)).toEqual(
    clients.map(() => 6 * increments),
  );
  expect(new Set(found.map(({ etag }) => etag)).size).toBe(1);
});

test("the log is whole and in order for who reads it by cursors while three instances write", async () => {
  const facades = await useInstances(3);
  const [reader] = facades;
  const writing = new AbortController();
  const reading = followLog(reader, () => writing.signal.aborted);
  const statuses = await Promise.all(
    facades.flatMap((facade, at) =>
      [appId, iosAppId].map(async (id) => {
        const results: number[] = [];
        for (let count = 0; count < 25; count += 1) {
          const path = summary.replace(appId, id);
          const response = await facade.patch({ failedUserCount: 100 * at + count }, { path });
          results.push(response.status);
        }
        return results;
      }),
    ),
  );
  writing.abort();
  const seen = await reading;
  expect(new Set(statuses.flat())).toEqual(new Set([200]));
  // Read again when all is quiet: nothing was missed, and nothing came twice or in another order.
  expect(seen).toEqual(await followLog(facades[1] ?? reader, () => true));
  for (const id of [appId, iosAppId]) {
    const versions = seen.filter((change) => change.appId === id).map(({ version }) => version);
    expect(versions.length).toBeGreaterThan(70);
    expect(versions).toEqual(Array.from({ length: versions.length }, (_, at) => at + 1));
  }
});

test("a change through one instance is streamed from another within seconds", async () => {
  const [writer, other] = await useInstances(2);
  if (other === undefined) throw new Error("The second instance is missing.");
  const stream = await openStream(other, { query: "" });
  const response = await writer.patch({ failedDeviceCount: 41 });
  const etag = response.headers.get("etag");
  const event = await stream.next();
  expect(event).toMatchObject({ event: "change", data: { appId, after: { failedDeviceCount: 41 } } });
  expect((await other.get(summary)).headers.get("etag")).toBe(etag);
  expect((await other.get(summary, { headers: { "If-None-Match": etag ?? "" } })).status).toBe(304);
});

test("two instances that keep the log for some days remove each old change once", async () => {
  const location = locationOf(server().url(await createDatabase()));
  const store = await openPostgresStore({ location });
  const tenant = openTenant(store, { tenantId: developmentTenantId });
  const lines: Record<string, unknown>[] = [];
  const log = pino({}, { write: (line: string) => void lines.push(JSON.parse(line)) });
  const first = await openFacade({ settings: { store: location } });
  for (let count = 0; count < 250; count += 1) await first.patch({ failedDeviceCount: count });
  await server().query(
    "UPDATE install_summary_change SET changed_at = '2020-01-01T00:00:00.000Z' WHERE sequence <= 240",
    [],
    location.database,
  );
  const others = await Promise.all(
    [1, 2].map(() => openFacade({ settings: { store: location, retention: 30 }, log })),
  );
  const removed = (): number =>
    lines
      .filter(({ msg }) => msg === "old changes removed")
      .reduce((sum, { changes }) => sum + Number(changes), 0);
  await expect.poll(removed).toBe(240);
  const { changes } = await tenant.readChanges({ order: "asc", top: 1 });
  expect(changes[0]?.sequence).toBe(241);
  expect(lines.filter(({ level }) => Number(level) >= 40)).toEqual([]);
  await Promise.all([first, ...others].map((one) => one.close()));
  await store.close();
});
