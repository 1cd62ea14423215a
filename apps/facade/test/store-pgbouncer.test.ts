import { formatETag } from "@install-summary/core";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, onTestFinished, test } from "vitest";
import { openPostgresStore } from "../src/store/postgres/open-postgres-store.ts";
import type { PostgresLocation } from "../src/store/postgres-location.ts";
import { locationOf, usePostgres } from "./postgres.ts";
import { addApps, appId, incrementing, openTenant, request, sampleApp } from "./samples.ts";
import { temporaryFolder } from "./stores.ts";

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

/** Starts PgBouncer in front of the server, with three sessions for each database. */
async function startPgbouncer(database: string): Promise<PostgresLocation> {
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
    default_pool_size: 3,
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
