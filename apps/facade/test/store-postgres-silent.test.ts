import type { ImportingTenantStore } from "@install-summary/core/service";
import { createServer, type Socket } from "node:net";
import { Client } from "pg";
import { expect, onTestFinished, test } from "vitest";
import { createFacade } from "../src/facade.ts";
import { openPostgresStore } from "../src/store/postgres/open-postgres-store.ts";
import type { PostgresLocation } from "../src/store/postgres-location.ts";
import { apps, summary } from "./facades.ts";
import { locationOf, usePostgres } from "./postgres.ts";
import { runFacade, startServing } from "./programs.ts";
import { addApps, appId, incrementing, openTenant, request, sampleApp } from "./samples.ts";
import { openConnection, splitResponses, untilRefused } from "./sockets.ts";
import { temporaryFolder } from "./stores.ts";

const { server, createDatabase } = usePostgres({ settings: { fsync: "off" } });

/** Stops the processes of the server and of a database's sessions until the test is done: it takes connections and is silent. */
async function silence(...databases: readonly string[]): Promise<void> {
  const rows = await server().query("SELECT pid FROM pg_stat_activity WHERE datname = ANY($1)", [databases]);
  const pids = [server().pid(), ...rows.map(({ pid }) => Number(pid))];
  onTestFinished(() => pids.forEach((pid) => process.kill(pid, "SIGCONT")));
  for (const pid of pids) process.kill(pid, "SIGSTOP");
}

/** Resolves in the turn of the event loop after the one in which calls that were made have sent their statements. */
async function haveBegun(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise(setImmediate);
}

const reads: Record<string, (tenant: ImportingTenantStore) => Promise<unknown>> = {
  "a read": async (tenant) => tenant.readSummary(appId),
  "a search": (tenant) => tenant.listApps({ top: 10, search: [{ word: "app" }] }),
  "a search of the change log": (tenant) => tenant.readChanges({ top: 10, order: "desc", actor: "ada" }),
};

test.each(Object.entries(reads))(
  "a store whose server is silent closes, and %s that waits for it is a 503 that says so",
  async (_name, read) => {
    const database = await createDatabase();
    const store = await openPostgresStore({ location: locationOf(server().url(database)) });
    await addApps(store, [sampleApp()]);
    await silence(database);
    const caller = new AbortController();
    const waiting = [undefined, () => caller.signal].map((abandoned) =>
      read(openTenant(store, { actor: abandoned === undefined ? "ada" : "bob", abandoned })),
    );
    const settled = Promise.allSettled(waiting);
    await haveBegun();
    caller.abort();
    await store.close();
    const refused = { reason: { status: 503, message: "The service is shutting down." } };
    expect(await settled).toMatchObject([refused, {}]);
  },
);

test("a change that waits for a silent server is a 503 or a 504 once the store closes", async () => {
  const database = await createDatabase();
  const store = await openPostgresStore({ location: locationOf(server().url(database)) });
  await addApps(store, [sampleApp()]);
  await silence(database);
  const change = openTenant(store).update(appId, incrementing, request);
  const changing = Promise.allSettled([change]);
  await haveBegun();
  await store.close();
  const settled = await changing;
  expect(settled).toMatchObject([{ reason: { status: expect.toBeOneOf([503, 504]) } }]);
});

test("a facade that is closed takes no more connections, while what removes old changes waits for its server", async () => {
  const database = await createDatabase();
  const store = locationOf(server().url(database));
  await openPostgresStore({ location: store }).then((made) => made.close());
  const locker = new Client(server().url(database));
  await locker.connect();
  onTestFinished(() => locker.end());
  await locker.query("BEGIN");
  await locker.query("LOCK TABLE change_feed");
  const facade = await createFacade({ settings: { store, retention: 30 } });
  onTestFinished(() => facade.close());
  const text = "SELECT pid FROM pg_stat_activity WHERE datname = $1 AND wait_event_type = 'Lock'";
  await expect.poll(() => server().query(text, [database])).toHaveLength(1);
  const closed = facade.close();
  await untilRefused(facade.url);
  expect(await server().query(text, [database])).toHaveLength(1);
  await closed;
});

/** A server that takes connections, says that anyone is welcome, and nothing more. */
async function openMuteServer(): Promise<PostgresLocation["hosts"][number]> {
  const sockets = new Set<Socket>();
  const welcome = Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 0, 0x5a, 0, 0, 0, 5, 0x49]);
  const mute = createServer((socket) => {
    sockets.add(socket.on("error", () => undefined));
    socket.once("data", () => socket.write(welcome));
  });
  await new Promise<void>((resolve) => mute.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    mute.close();
  });
  const address = mute.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return { host: "127.0.0.1", port: address.port };
}

test("a server that is silent once it has taken a connection is passed over for the next one", async () => {
  const location = locationOf(server().url(await createDatabase()));
  const hosts = [await openMuteServer(), ...location.hosts];
  const store = await openPostgresStore({ location: { ...location, hosts } });
  onTestFinished(() => store.close());
  await addApps(store, [sampleApp()]);
  expect(await openTenant(store).readSummary(appId)).toBeDefined();
});

/** Serves from a database of its own, and has sent one request. */
async function serveFrom(database: string) {
  const folder = temporaryFolder();
  const env = { INSTALL_SUMMARY_STORE: server().url(database) };
  const serving = await startServing({ folder, env });
  const token = (await runFacade({ folder, env }, "token")).stdout.trim();
  const { socket, received, ended } = await openConnection(new URL(serving.url).origin);
  const ask = (path: string): void => {
    socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\n\r\n`);
  };
  ask(`${apps}?$top=1`);
  await received(/"value":\[\]/);
  return { ...serving, ask, ended };
}

test("a signal ends a facade in order whose server is silent, whatever waits for it", async () => {
  const waits: readonly { readonly path?: string }[] = [
    { path: `${apps}?$search=app` },
    { path: `${apps}/$count` },
    { path: "/api/changes?actor=ada" },
    { path: `${apps}?$top=1` },
    { path: summary },
    { path: "/readyz" },
    // Nothing, but for the connections that it has.
    {},
  ];
  const served = await Promise.all(
    waits.map(async ({ path }) => {
      const database = await createDatabase();
      return { database, path, facade: await serveFrom(database) };
    }),
  );
  await silence(...served.map(({ database }) => database));
  const ends = served.map(async ({ path, facade }) => {
    if (path !== undefined) facade.ask(path);
    const exit = await facade.stop("SIGTERM");
    const statuses = splitResponses(await facade.ended).map(({ status }) => status);
    return { path, exit, isStopped: facade.output().includes("stopped"), statuses };
  });
  const whole = waits.map(({ path }) => ({
    path,
    exit: 0,
    isStopped: true,
    statuses: path === undefined ? [200] : [200, 503],
  }));
  expect(await Promise.all(ends)).toEqual(whole);
}, 60_000);
