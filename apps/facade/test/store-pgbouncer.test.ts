import { formatETag } from "@install-summary/core";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Client } from "pg";
import { expect, onTestFinished, test } from "vitest";
import { restoreToPostgres } from "../src/restore-to-postgres.ts";
import { connectionOptions } from "../src/store/postgres/connection-options.ts";
import { describePostgresStore } from "../src/store/postgres/describe-store.ts";
import { inspectDatabase } from "../src/store/postgres/inspect-database.ts";
import { openPostgresStore } from "../src/store/postgres/open-postgres-store.ts";
import type { PostgresLocation } from "../src/store/postgres-location.ts";
import { backupStore } from "../src/store/sqlite/backup-store.ts";
import { locationOf, usePostgres } from "./postgres.ts";
import { addApps, appId, incrementing, openTenant, request, sampleApp } from "./samples.ts";
import { openTestStore, temporaryFolder } from "./stores.ts";

const program = "/usr/sbin/pgbouncer";
const { server, createDatabase } = usePostgres();

test("two stores behind PgBouncer, which gives each transaction another session, lose no change", async (context) => {
  context.skip(!existsSync(program), "pgbouncer is not installed");
  const database = await createDatabase();
  // As a role that would lose what is acknowledged and wait for ever, where a session did not set that itself.
  await server().query(`ALTER DATABASE ${database} SET synchronous_commit = off`);
  const location = await startPgbouncer(database);
  const open = () => openPostgresStore({ location, isPooled: true, maxConnections: 6 });
  const stores = [await open(), await open()];
  onTestFinished(() => Promise.all(stores.map((store) => store.close())).then(() => undefined));
  const tenants = stores.map((store) => openTenant(store));
  await addApps(stores[0] ?? (await open()), [sampleApp()]);
  await Promise.all(
    tenants.map(async (tenant) => {
      for (let round = 0; round < 20; round += 1)
        await Promise.all([1, 2, 3].map(() => tenant.update(appId, incrementing, request)));
    }),
  );
  expect(await tenants[1]?.readSummary(appId)).toMatchObject({ etag: formatETag(121) });
  const { apps } = (await tenants[0]?.listApps({ top: 10, search: [{ word: "outlook" }] })) ?? { apps: [] };
  expect(apps).toHaveLength(1);
  expect(await tenants[0]?.readChanges({ order: "desc", top: 1 })).toMatchObject({
    changes: [{ version: 121 }],
  });
  // Nothing is left in the sessions that PgBouncer keeps.
  expect(
    await server().query("SELECT count(*) FROM pg_stat_activity WHERE state = 'idle in transaction'"),
  ).toEqual([{ count: "0" }]);
});

test("a restore and a check through PgBouncer leave nothing in its session", async (context) => {
  context.skip(!existsSync(program), "pgbouncer is not installed");
  const folder = temporaryFolder();
  const [file, source] = [join(folder, "store.db"), join(folder, "backup.db")];
  const store = await openTestStore({ file });
  await addApps(store, [sampleApp()]);
  const { signal } = new AbortController();
  await backupStore({ file, target: source, replace: false, signal });
  // One session, so that the next client gets what is left in it.
  const location = await startPgbouncer(await createDatabase(), 1);
  const by = { time: "2026-11-26T08:00:00.000Z", actor: "operator", requestId: "restore-1" };
  await restoreToPostgres({ location, isPooled: true, scratch: folder, source, by, signal });
  expect(await inspectDatabase(location, true)).toMatchObject({ apps: 1, changes: 2, faults: [] });
  expect(await describePostgresStore(location, true)).toContain("a store of this version");
  const client = new Client(connectionOptions(location, location.hosts[0] ?? { host: "", port: 0 }));
  await client.connect();
  onTestFinished(() => client.end());
  for (const [name, value] of [
    ["statement_timeout", "0"],
    ["lock_timeout", "0"],
    ["idle_in_transaction_session_timeout", "0"],
    ["max_parallel_workers_per_gather", "2"],
  ] as const) {
    const { rows } = await client.query<Record<string, string>>(`SHOW ${name}`);
    expect(rows).toEqual([{ [name]: value }]);
  }
});

/** Starts PgBouncer in front of the server, with some sessions for each database. */
async function startPgbouncer(database: string, sessions = 3): Promise<PostgresLocation> {
  const folder = temporaryFolder();
  chmodSync(folder, 0o755);
  const port = await findFreePort();
  const { user, password } = server();
  const users = join(folder, "users.txt");
  writeFileSync(users, `"${user}" "${password}"\n`, { mode: 0o644 });
  const settings = {
    listen_addr: "127.0.0.1",
    listen_port: port,
    unix_socket_dir: "",
    auth_type: "scram-sha-256",
    auth_file: users,
    pool_mode: "transaction",
    default_pool_size: sessions,
  };
  const file = join(folder, "pgbouncer.ini");
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}`);
  const databases = `[databases]\n* = host=127.0.0.1 port=${server().port}\n[pgbouncer]\n`;
  writeFileSync(file, `${databases}${lines.join("\n")}\n`, { mode: 0o644 });
  // It refuses to run as root.
  const account = process.geteuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
  const child = spawn(program, [file], { ...account, stdio: ["ignore", "ignore", "pipe"] });
  onTestFinished(async () => {
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
  });
  const said: string[] = [];
  await new Promise<void>((resolve, reject) => {
    createInterface(child.stderr).on("line", (line) => {
      said.push(line);
      if (line.includes("process up")) resolve();
    });
    child.once("exit", () => reject(new Error(said.join("\n"))));
  });
  return { ...locationOf(server().url(database)), hosts: [{ host: "127.0.0.1", port }] };
}

async function findFreePort(): Promise<number> {
  const listener = createServer();
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  const address = listener.address();
  await new Promise((resolve) => listener.close(resolve));
  if (address === null || typeof address === "string") throw new Error("A port was not found.");
  return address.port;
}
