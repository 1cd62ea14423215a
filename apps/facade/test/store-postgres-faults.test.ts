import { formatETag } from "@install-summary/core";
import { freePorts } from "@tooling/postgres";
import { connect, createServer, type Socket } from "node:net";
import { Client } from "pg";
import { expect, onTestFinished, test } from "vitest";
import type { ImportingStore } from "@install-summary/core/service";
import { openPostgresStore, type PostgresStoreOptions } from "../src/store/postgres/open-postgres-store.ts";
import { locationOf, usePostgres } from "./postgres.ts";
import { addApps, appId, incrementing, openTenant, request, sampleApp, tenantId } from "./samples.ts";

const { server, createDatabase } = usePostgres();

const unreachable = { status: 503, code: "ServiceUnavailable", retryAfter: expect.any(Number) };
const notApplied = { ...unreachable, message: expect.stringContaining("The change was not applied.") };
const unknown = { status: 504, code: "GatewayTimeout", retryAfter: expect.any(Number) };

async function openWithApp(
  database: string,
  options: Partial<PostgresStoreOptions> = {},
): Promise<ImportingStore> {
  const store = await openPostgresStore({ location: locationOf(server().url(database)), ...options });
  onTestFinished(() => store.close());
  await addApps(store, [sampleApp()]);
  return store;
}

/** A session of another program, in a transaction that has locked the tenant, as a slow one of another facade would. */
async function holdTenant(database: string): Promise<Client> {
  const client = await openSession(database);
  onTestFinished(() => client.end());
  await client.query("BEGIN");
  await client.query("UPDATE change_feed SET last = last WHERE tenant_id = $1", [tenantId]);
  return client;
}

async function openSession(database: string): Promise<Client> {
  const client = new Client(server().url(database));
  client.on("error", () => undefined);
  await client.connect();
  return client;
}

/** The process id of the session of the store that waits for a lock. */
async function waitingSession(database: string): Promise<number> {
  const find = async (): Promise<unknown> => {
    const rows = await server().query(
      "SELECT pid FROM pg_stat_activity WHERE datname = $1 AND wait_event_type = 'Lock'",
      [database],
    );
    return rows[0]?.["pid"];
  };
  await expect.poll(find).toEqual(expect.any(Number));
  return Number(await find());
}

/** What a change is refused with; undefined for one that goes through. */
function faultOf(change: Promise<unknown>): Promise<unknown> {
  return change.then(
    () => undefined,
    (error: unknown) => error,
  );
}

async function nameStandbys(names: string): Promise<void> {
  await server().query(`ALTER SYSTEM SET synchronous_standby_names = '${names}'`);
  await server().query("SELECT pg_reload_conf()");
}

/** Has commits wait for a standby that is missing. Resolves once they do, since the server takes up a setting later. */
async function missStandby(): Promise<void> {
  await nameStandbys("missing");
  const client = await openSession("postgres");
  let commit: Promise<unknown> | undefined;
  const isWaiting = async (): Promise<boolean> => {
    commit ??= client
      .query("SELECT pg_logical_emit_message(true, 'test', '')")
      // The session may end before the commit that was cancelled has its response.
      .catch(() => undefined)
      .finally(() => {
        commit = undefined;
      });
    const [session] = await sessionsInSync("postgres");
    if (session === undefined) return false;
    await server().query("SELECT pg_cancel_backend($1)", [session]);
    return true;
  };
  await expect.poll(isWaiting).toBe(true);
  await client.end();
}

/** The process ids of the sessions of a database whose commits wait for a standby. */
async function sessionsInSync(database: string): Promise<readonly unknown[]> {
  const rows = await server().query(
    "SELECT pid FROM pg_stat_activity WHERE datname = $1 AND wait_event = 'SyncRep'",
    [database],
  );
  return rows.map(({ pid }) => pid);
}

async function versionsOf(database: string): Promise<readonly number[]> {
  const rows = await server().query(
    "SELECT version FROM install_summary_change ORDER BY sequence",
    [],
    database,
  );
  return rows.map(({ version }) => Number(version));
}

test("sessions that were ended while no one used them are replaced without a word", async () => {
  const database = await createDatabase();
  const tenant = openTenant(await openWithApp(database));
  await Promise.all([1, 2, 3, 4].map(async () => tenant.readSummary(appId)));
  await server().query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", [
    database,
  ]);
  const [read, changed] = await Promise.all([
    tenant.readSummary(appId),
    tenant.update(appId, incrementing, request),
  ]);
  expect(read).toMatchObject({ etag: expect.any(String) });
  expect(changed).toMatchObject({ current: { etag: formatETag(2) } });
});

test("a change whose session is ended under it is made once, or is a 504 while the tenant stays locked", async () => {
  const database = await createDatabase();
  const tenant = openTenant(await openWithApp(database));
  const other = await holdTenant(database);
  const change = faultOf(tenant.update(appId, incrementing, request));
  await server().query("SELECT pg_terminate_backend($1)", [await waitingSession(database)]);
  expect(await change).toMatchObject(unknown);
  expect(await versionsOf(database)).toEqual([1]);
  const again = tenant.update(appId, incrementing, request);
  await server().query("SELECT pg_terminate_backend($1)", [await waitingSession(database)]);
  await waitingSession(database);
  await other.query("COMMIT");
  expect(await again).toMatchObject({ current: { etag: formatETag(2) } });
  expect(await versionsOf(database)).toEqual([1, 2]);
});

test("a change that is cancelled by an operator is a 503 that says so, and so is one that waits too long", async () => {
  const database = await createDatabase();
  const tenant = openTenant(await openWithApp(database));
  const other = await holdTenant(database);
  const cancelled = faultOf(tenant.update(appId, incrementing, request));
  await server().query("SELECT pg_cancel_backend($1)", [await waitingSession(database)]);
  expect(await cancelled).toMatchObject(notApplied);
  await expect(tenant.update(appId, incrementing, request)).rejects.toMatchObject(notApplied);
  await other.query("COMMIT");
  await tenant.update(appId, incrementing, request);
  expect(await versionsOf(database)).toEqual([1, 2]);
});

test("while a tenant is locked, its summaries are read and other tenants are changed", async () => {
  const database = await createDatabase();
  const store = await openWithApp(database);
  await addApps(store, [sampleApp()], "another");
  await holdTenant(database);
  const waiting = faultOf(openTenant(store).update(appId, incrementing, request));
  await waitingSession(database);
  expect(await openTenant(store).readSummary(appId)).toMatchObject({ etag: formatETag(1) });
  const other = openTenant(store, { tenantId: "another" });
  expect(await other.update(appId, incrementing, request)).toMatchObject({
    current: { etag: formatETag(2) },
  });
  expect(await waiting).toMatchObject(notApplied);
});

test("a read that gets no connection is a 503, while the change that has it still waits", async () => {
  const database = await createDatabase();
  const tenant = openTenant(await openWithApp(database, { maxConnections: 1 }));
  const other = await holdTenant(database);
  const change = tenant.update(appId, incrementing, request);
  await waitingSession(database);
  await expect(tenant.readSummary(appId)).rejects.toMatchObject(unreachable);
  await other.query("COMMIT");
  await change;
});

test("a change that loses a deadlock is made again, once", async () => {
  const database = await createDatabase();
  const tenant = openTenant(await openWithApp(database));
  const other = new Client(server().url(database));
  await other.connect();
  onTestFinished(() => other.end());
  // A program that locks in the other order and never gives up first.
  await other.query("SET deadlock_timeout = '10s'");
  await other.query("BEGIN");
  await other.query("UPDATE install_summary SET modified_by = modified_by");
  const change = tenant.update(appId, incrementing, request);
  await waitingSession(database);
  await other.query("UPDATE change_feed SET last = last");
  await other.query("COMMIT");
  expect(await change).toMatchObject({ current: { etag: formatETag(2) } });
  expect(await versionsOf(database)).toEqual([1, 2]);
});

test("a change that no standby has confirmed is a 504, although the server has it, and a check is then a 503", async () => {
  const database = await createDatabase();
  const store = await openWithApp(database);
  const tenant = openTenant(store);
  const stopWaiting = async (): Promise<void> => {
    await expect.poll(() => sessionsInSync(database)).toHaveLength(1);
    await server().query("SELECT pg_cancel_backend($1)", await sessionsInSync(database));
  };
  try {
    await missStandby();
    const change = faultOf(tenant.update(appId, incrementing, request));
    await stopWaiting();
    expect(await change).toMatchObject(unknown);
    const check = faultOf(store.check());
    await stopWaiting();
    expect(await check).toMatchObject({ ...unreachable, message: "The store does not confirm changes." });
  } finally {
    await nameStandbys("");
  }
  expect(await tenant.readSummary(appId)).toMatchObject({ etag: formatETag(2) });
});

test("a server that only reads is a 503 for changes, and serves again once it takes them", async () => {
  const database = await createDatabase();
  const store = await openWithApp(database);
  const tenant = openTenant(store);
  await server().query(`ALTER DATABASE ${database} SET default_transaction_read_only = on`);
  await server().query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", [
    database,
  ]);
  await expect(tenant.update(appId, incrementing, request)).rejects.toMatchObject(notApplied);
  await expect(store.check()).rejects.toMatchObject(unreachable);
  expect(await tenant.readSummary(appId)).toMatchObject({ etag: formatETag(1) });
  await server().query(`ALTER DATABASE ${database} RESET default_transaction_read_only`);
  await expect
    .poll(() => tenant.update(appId, incrementing, request).catch(() => undefined))
    .toMatchObject({ current: { etag: formatETag(2) } });
  await store.check();
});

test("a database with room in the last pages alone is not ready until there is more (facade A6)", async () => {
  const database = await createDatabase();
  const store = await openWithApp(database);
  const tenant = openTenant(store);
  const operator = await openSession(database);
  onTestFinished(() => operator.end());
  // A statement may write so many rows: in the last pages of a full disk a change of one row still finds its place.
  const fill = async (rows: number): Promise<void> => {
    await operator.query(`CREATE OR REPLACE FUNCTION fill() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF (SELECT count(*) FROM written) > ${rows} THEN RAISE 'could not extend file' USING ERRCODE = '53100'; END IF;
      RETURN NULL; END $$`);
  };
  await fill(0);
  await operator.query(`CREATE TRIGGER fill AFTER INSERT ON install_summary_change
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION fill()`);
  await expect(tenant.update(appId, incrementing, request)).rejects.toMatchObject(notApplied);
  await fill(1);
  await expect(store.check()).rejects.toMatchObject({ ...unreachable, message: "The store's disk is full." });
  await operator.query("DROP TRIGGER fill ON install_summary_change");
  await store.check();
  const { rows } = await operator.query("SELECT DISTINCT tenant_id FROM install_summary_change");
  expect(rows).toEqual([{ tenant_id: tenantId }]);
  expect(await tenant.update(appId, incrementing, request)).toMatchObject({
    current: { etag: formatETag(2) },
  });
});

test("how long the database lets a transaction take does not end a change that waits for its turn", async () => {
  const database = await createDatabase();
  const tenant = openTenant(await openWithApp(database));
  await server().query(`ALTER DATABASE ${database} SET transaction_timeout = 1000`);
  await server().query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", [
    database,
  ]);
  const other = server().query(
    `DO $$ BEGIN
      PERFORM set_config('transaction_timeout', '0', true);
      LOCK TABLE install_summary;
      PERFORM pg_sleep(3);
    END $$`,
    [],
    database,
  );
  const held =
    "SELECT FROM pg_locks WHERE relation = 'install_summary'::regclass AND mode = 'AccessExclusiveLock'";
  await expect.poll(() => server().query(held, [], database)).toHaveLength(1);
  expect(await tenant.update(appId, incrementing, request)).toMatchObject({
    current: { etag: formatETag(2) },
  });
  await other;
});

test("of several hosts the one that takes changes is used", async () => {
  const database = await createDatabase();
  const location = locationOf(server().url(database));
  const [port = 0] = await freePorts(1);
  const dead = { host: "127.0.0.1", port };
  const tenant = openTenant(
    await openWithApp(database, { location: { ...location, hosts: [dead, ...location.hosts, dead] } }),
  );
  expect(await tenant.update(appId, incrementing, request)).toMatchObject({
    current: { etag: formatETag(2) },
  });
});

test("a server that crashes under load loses nothing that was acknowledged, and is served again", async () => {
  const database = await createDatabase();
  const store = await openWithApp(database);
  const tenant = openTenant(store);
  const acknowledged: string[] = [];
  const refused: unknown[] = [];
  const stop = new AbortController();
  const writers = [1, 2, 3, 4].map(async () => {
    while (!stop.signal.aborted) {
      try {
        const result = await tenant.update(appId, incrementing, request);
        acknowledged.push(result?.current.etag ?? "");
      } catch (error) {
        refused.push(error);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }
  });
  for (const signal of ["SIGQUIT", "SIGINT"] as const) {
    const before = acknowledged.length;
    await expect.poll(() => acknowledged.length).toBeGreaterThan(before + 50);
    await server().stop(signal);
    await expect(store.check()).rejects.toMatchObject(unreachable);
    await server().start();
    const again = acknowledged.length;
    await expect.poll(() => acknowledged.length).toBeGreaterThan(again + 50);
  }
  stop.abort();
  await Promise.all(writers);
  for (const error of refused) expect([503, 504]).toContain(Object(error).status);
  const versions = await versionsOf(database);
  expect(versions).toEqual(Array.from({ length: versions.length }, (_, at) => at + 1));
  expect(new Set(acknowledged).size).toBe(acknowledged.length);
  const logged = new Set(versions.map(formatETag));
  expect(acknowledged.filter((etag) => !logged.has(etag))).toEqual([]);
});

test("four instances that start at once on an empty database make one store", async () => {
  for (let round = 0; round < 4; round += 1) {
    const database = await createDatabase();
    const location = locationOf(server().url(database));
    const stores = await Promise.all([1, 2, 3, 4].map(() => openPostgresStore({ location })));
    await Promise.all(stores.map((store) => store.check()));
    await Promise.all(stores.map((store) => store.close()));
    expect(await server().query("SELECT * FROM install_summary_store", [], database)).toEqual([
      { id: 1, schema: 1 },
    ]);
  }
});

test("a change on a frozen session is made by another one, and over a cut link it is a 504 in time", async () => {
  const [frozen, cut] = await Promise.all([createDatabase(), createDatabase()]);
  const link = await startLink(server().port);
  const { hosts: _hosts, ...rest } = locationOf(server().url(cut));
  const ofFrozen = openTenant(await openWithApp(frozen));
  const ofCut = openTenant(
    await openWithApp(cut, { location: { ...rest, hosts: [{ host: "127.0.0.1", port: link.port }] } }),
  );
  const lockers = await Promise.all([holdTenant(frozen), holdTenant(cut)]);
  const changes = [ofFrozen, ofCut].map((tenant) => faultOf(tenant.update(appId, incrementing, request)));
  const pid = await waitingSession(frozen);
  await waitingSession(cut);
  process.kill(pid, "SIGSTOP");
  link.cut();
  await Promise.all(lockers.map((locker) => locker.query("COMMIT")));
  const faults = await Promise.all(changes);
  expect(faults).toMatchObject([undefined, unknown]);
  expect(await versionsOf(frozen)).toEqual([1, 2]);
  process.kill(pid, "SIGCONT");
  link.mend();
  // The cut one was committed while no one could hear of it.
  await expect.poll(() => versionsOf(cut)).toEqual([1, 2]);
  for (const tenant of [ofFrozen, ofCut]) {
    const found = (): Promise<unknown> => tenant.update(appId, incrementing, request).catch(() => undefined);
    await expect
      .poll(found)
      .toMatchObject({ decision: { kind: "changed" }, current: { etag: formatETag(3) } });
  }
  expect(await versionsOf(frozen)).toEqual([1, 2, 3]);
});

interface Link {
  readonly port: number;
  /** Lets nothing through any more, and closes nothing. */
  cut(): void;
  /** Closes what was cut, and lets new connections through. */
  mend(): void;
}

/** A link to a port of this machine that can be cut. */
async function startLink(to: number): Promise<Link> {
  const sockets = new Set<Socket>();
  let isCut = false;
  const listener = createServer((client) => {
    const target = connect(to, "127.0.0.1");
    for (const socket of [client, target]) {
      sockets.add(socket);
      socket.on("error", () => undefined);
      socket.on("close", () => [client, target].forEach((one) => one.destroy()));
    }
    client.on("data", (data) => isCut || target.write(data));
    target.on("data", (data) => isCut || client.write(data));
  });
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    listener.close();
  });
  const address = listener.address();
  if (address === null || typeof address === "string") throw new Error("The link has no port.");
  return {
    port: address.port,
    cut() {
      isCut = true;
    },
    mend() {
      isCut = false;
      for (const socket of sockets) socket.destroy();
      sockets.clear();
    },
  };
}
