import {
  chmodSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { once } from "node:events";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, onTestFinished, test } from "vitest";
import { diagnose, type Finding } from "../src/doctor/diagnose.ts";
import { readSettings } from "../src/settings/read-settings.ts";
import { inspectStore } from "../src/store/sqlite/inspect-store.ts";
import { runFacade, startServing } from "./programs.ts";
import { addApps, appId, openTenant, patching, request, sampleApp, tenantId } from "./samples.ts";
import { openTestStore, temporaryFolder } from "./stores.ts";

const otherId = "11111111-2222-4333-8444-555555555555";

/** A store with two apps, of which one was changed twice. */
async function makeStore(file: string): Promise<void> {
  const store = await openTestStore({ file });
  await addApps(store, [sampleApp(), sampleApp({ id: otherId })]);
  const tenant = openTenant(store);
  await tenant.update(appId, patching({ failedDeviceCount: 41 }), request);
  await tenant.update(appId, patching({ failedDeviceCount: 42, failedUserCount: 3 }), request);
  await store.close();
}

function change(file: string, sql: string): void {
  using database = new DatabaseSync(file);
  database.exec(sql);
}

test("a folder in which nothing was done is in order, and stays empty", async () => {
  const folder = temporaryFolder();
  const { exit, stdout, stderr } = await runFacade({ folder }, "doctor", "--port", "0");
  expect({ exit, stderr }).toEqual({ exit: 0, stderr: "" });
  expect(stdout.split("\n").filter((line) => line !== "" && !line.startsWith("ok  "))).toEqual([]);
  expect(readdirSync(folder)).toEqual([]);
});

test("a store that is missing beside its log is refused, and nothing is made in its place", async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, ".data"), { mode: 0o700 });
  const file = join(folder, ".data", "install-summary.db");
  await makeStore(file);
  renameSync(file, `${file}-wal`);
  const before = readdirSync(join(folder, ".data"));
  const { exit, stdout } = await runFacade({ folder }, "doctor", "--port", "0");
  expect(exit).toBe(2);
  expect(stdout).toContain(`FAIL  store        The store ${file} is missing, and ${file}-wal is left of it.`);
  expect(readdirSync(join(folder, ".data"))).toEqual(before);
});

test("what import and serve could not make is told, and nothing is made", async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "file"), "");
  symlinkSync(join(folder, "none"), join(folder, "broken"));
  const tell = async (...args: string[]) => {
    const { exit, stdout } = await runFacade({ folder }, "doctor", "--port", "0", ...args);
    return {
      exit,
      told: stdout.split("\n").filter((line) => /^(?:FAIL|ok) +(?:data folder|store) /.test(line)),
    };
  };
  const inTheWay = (data: string, what: string) =>
    `FAIL  data folder  The data folder ${join(folder, data)} cannot be made: ${join(folder, what)} is a file or a broken link. Choose another with --data.`;
  for (const [data, what] of [
    ["broken", "broken"],
    ["broken/data", "broken"],
    ["file/some/data", "file"],
  ] as const) {
    const { exit, told } = await tell("--data", data);
    expect({ exit, told: told[0] }).toEqual({ exit: 2, told: inTheWay(data, what) });
  }
  for (const [place, reason] of [
    ["none/store.db", "no such file or directory"],
    ["broken/store.db", "no such file or directory"],
    ["file/store.db", "a file is in the way"],
  ] as const) {
    const { exit, told } = await tell("--store", `sqlite:${place}`);
    expect({ exit, told: told[1] }).toEqual({
      exit: 2,
      told: `FAIL  store        The folder ${dirname(join(folder, place))} of the store cannot be used: ${reason}.`,
    });
  }
  expect(await tell("--data", "new/data", "--store", "sqlite:new/store.db")).toMatchObject({ exit: 0 });
  expect(readdirSync(folder).toSorted()).toEqual(["broken", "file"]);
});

test("a store with a hard link is told, as serve would refuse it", async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, ".data"), { mode: 0o700 });
  const file = join(folder, ".data", "install-summary.db");
  await makeStore(file);
  linkSync(file, join(folder, "copy.db"));
  const { exit, stdout } = await runFacade({ folder }, "doctor", "--port", "0");
  expect(exit).toBe(2);
  expect(stdout).toContain(`FAIL  store        The store ${file} has another name as well, a hard link.`);
});

test("a store that is whole is told to be, and has nothing beside it afterwards", async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, ".data"), { mode: 0o700 });
  await makeStore(join(folder, ".data", "install-summary.db"));
  const { exit, stdout } = await runFacade({ folder }, "doctor", "--port", "0");
  expect({ exit, stdout }).toEqual({
    exit: 0,
    stdout: expect.stringContaining("its 4 changes come to its summaries"),
  });
  expect(readdirSync(join(folder, ".data"))).toEqual(["install-summary.db"]);
});

test("a folder that is served is in order, and its facade goes on", async () => {
  const folder = temporaryFolder();
  const serving = await startServing({ folder });
  await makeStore(join(folder, ".data", "install-summary.db"));
  const { port } = new URL(serving.url);
  const { exit, stdout } = await runFacade({ folder }, "doctor", "--port", port);
  expect({ exit, stdout }).toEqual({
    exit: 0,
    stdout: expect.stringContaining("its 4 changes come to its summaries"),
  });
  expect(stdout).toContain("a facade serves the data folder");
  expect(stdout).toContain("is in use, by the facade that serves the data folder");
  expect((await fetch(new URL("/readyz", serving.url))).status).toBe(200);
  expect(await serving.stop("SIGTERM")).toBe(0);
});

test.each([
  ["a counter of a summary", "UPDATE install_summary SET failed_user_count = failed_user_count + 1"],
  ["a version", `UPDATE install_summary SET version = 9 WHERE app_id = '${appId}'`],
  ["the latest change of a summary", "UPDATE install_summary SET change_sequence = NULL"],
  ["a change in the middle", "DELETE FROM install_summary_change WHERE sequence = 3"],
  ["the last change", "DELETE FROM install_summary_change WHERE sequence = 4"],
  [
    "the value before",
    `UPDATE install_summary_change SET before = '{"failedDeviceCount":0}' WHERE sequence = 3`,
  ],
  [
    "the value after",
    `UPDATE install_summary_change SET after = '{"failedDeviceCount":0}' WHERE sequence = 3`,
  ],
  ["the counters of a change", "UPDATE install_summary_change SET after = 'x' WHERE sequence = 4"],
  ["the link of a change", "UPDATE install_summary_change SET previous_sequence = 2 WHERE sequence = 4"],
  ["the last sequence", "UPDATE change_feed SET last = 3"],
  ["a summary", `DELETE FROM install_summary WHERE app_id = '${otherId}'`],
  ["an app", `DELETE FROM mobile_app WHERE id = '${otherId}'`],
])("a store in which %s is broken has a fault", async (_, sql) => {
  const file = join(temporaryFolder(), "store.db");
  await makeStore(file);
  expect(await inspectStore(file)).toMatchObject({ isOlder: false, changes: 4, faultCount: 0, faults: [] });
  change(file, sql);
  expect((await inspectStore(file)).faultCount).toBeGreaterThan(0);
});

test.each([
  ["a table is dropped", "DROP TABLE erased_tenant"],
  ["a column is renamed", "ALTER TABLE mobile_app RENAME COLUMN owner TO possessor"],
  ["a version is too large", "UPDATE install_summary SET version = 9007199254740993"],
])("a store in which %s is damaged", async (_, sql) => {
  const file = join(temporaryFolder(), "store.db");
  await makeStore(file);
  change(file, sql);
  await expect(inspectStore(file)).rejects.toThrow(
    `The store ${file} is not a SQLite file, or is damaged. Restore it from a backup.`,
  );
});

test("a store with damaged pages is told, and left as it is", async () => {
  const folder = temporaryFolder();
  const file = join(folder, "store.db");
  await makeStore(file);
  const bytes = readFileSync(file);
  bytes.fill(0xa5, 4096);
  writeFileSync(file, bytes);
  const { exit, stdout } = await runFacade({ folder }, "doctor", "--port", "0", "--store", "sqlite:store.db");
  expect(exit).toBe(7);
  expect(stdout).toContain("FAIL  store        The store");
  expect(readFileSync(file).equals(bytes)).toBe(true);
});

test("a byte of a counter that has flipped in the file is found, though every page of SQLite is well formed", async () => {
  const folder = temporaryFolder();
  const file = join(folder, "store.db");
  const counter = 0x12345678;
  const store = await openTestStore({ file });
  await addApps(store, [sampleApp()]);
  await openTenant(store).update(appId, patching({ failedDeviceCount: counter }), request);
  await store.close();
  const bytes = readFileSync(file);
  // SQLite writes numbers with their highest byte first; the log of changes has them as text.
  const at = bytes.indexOf(Buffer.from([0x12, 0x34, 0x56, 0x78]));
  expect(at).toBeGreaterThan(0);
  bytes.writeUInt8(0x79, at + 3);
  writeFileSync(file, bytes);
  {
    using database = new DatabaseSync(file, { readOnly: true });
    expect(database.prepare("PRAGMA integrity_check").get()).toEqual({ integrity_check: "ok" });
  }
  const { exit, stdout } = await runFacade({ folder }, "doctor", "--port", "0", "--store", "sqlite:store.db");
  expect(exit).toBe(7);
  expect(stdout).toContain(`is not whole. Restore it from a backup.`);
  expect(stdout).toContain(
    `The summary of app ${appId} in tenant ${tenantId} has failedDeviceCount ${counter + 1};`,
  );
  expect(readFileSync(file).equals(bytes)).toBe(true);
});

test("a store with a fault is told with what to do, and left as it is", async () => {
  const folder = temporaryFolder();
  const file = join(folder, "store.db");
  await makeStore(file);
  change(file, `UPDATE install_summary SET failed_user_count = 77 WHERE app_id = '${otherId}'`);
  const store = `sqlite:${file}`;
  const { exit, stdout } = await runFacade({ folder }, "doctor", "--port", "0", "--store", store);
  expect(exit).toBe(7);
  expect(stdout).toContain(`FAIL  store        The store ${file} is not whole. Restore it from a backup.`);
  expect(stdout).toContain(
    `                   The summary of app ${otherId} in tenant ${tenantId} has failedUserCount 77;`,
  );
});

test("a store whose schema has another number than its tables is told, and so is a journal beside it", async () => {
  const folder = temporaryFolder();
  const file = join(folder, "store.db");
  await makeStore(file);
  change(file, "PRAGMA user_version = 3");
  expect(await inspectStore(file)).toMatchObject({
    isOlder: true,
    faults: expect.arrayContaining([
      "The store says that its schema is 3, and the column erased_app.app_id TEXT is missing.",
      "The store says that its schema is 3, and it has the column change_feed.removed INTEGER of another one.",
    ]),
  });
  change(file, "PRAGMA user_version = 4; CREATE TABLE _copies (id INTEGER)");
  expect((await inspectStore(file)).faults).toEqual([]);
  writeFileSync(`${file}-journal`, "a journal of another file");
  await expect(inspectStore(file)).rejects.toThrow(
    `The journal ${file}-journal is not of this store, whose next start would write it into the store. Move it aside.`,
  );
});

test("a file that is not a store and a port in use are reported together, and the first decides the exit code", async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "store.db"), "hello, I am a letter and not a database".repeat(100));
  const server = createServer().listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? String(address?.port) : "";
  const { exit, stdout } = await runFacade(
    { folder },
    "doctor",
    "--port",
    port,
    "--store",
    "sqlite:store.db",
  );
  expect(exit).toBe(7);
  expect(stdout).toContain("FAIL  store        The store");
  expect(stdout).toContain(`FAIL  port         Port ${port} of 127.0.0.1 is in use.`);
});

test("a key that others can read is told, and not changed", async () => {
  const folder = temporaryFolder();
  expect(await runFacade({ folder }, "token")).toMatchObject({ exit: 0 });
  const key = join(folder, ".data", "development-key.pem");
  chmodSync(key, 0o644);
  const { exit, stdout } = await runFacade({ folder }, "doctor", "--port", "0");
  expect(exit).toBe(2);
  expect(stdout).toContain(
    `FAIL  tokens       Other users can read the development key ${key}. Run: chmod 600 ${key}`,
  );
  expect(statSync(key).mode & 0o777).toBe(0o644);
});

test("Entra ID that cannot be reached is told with its tenant, and why", async () => {
  const tenant = "3f2a6d1e-0c57-4a7e-9d3a-111111111111";
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const place = `127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  server.close();
  await once(server, "close");
  const words = ["--tenants", tenant, "--audience", otherId, "--authority", `http://${place}`];
  const { exit, stdout } = await runFacade({ folder: temporaryFolder() }, "doctor", "--port", "0", ...words);
  expect(exit).toBe(7);
  expect(stdout).toContain(
    `FAIL  tokens       The keys of tenant ${tenant} cannot be fetched from http://${place}: nothing listens there (ECONNREFUSED). Check`,
  );
});

test.each([
  [
    "an address of the network",
    { host: "192.0.2.7" },
    2,
    "Plain HTTP is served on 192.0.2.7: tokens can be read",
  ],
  ["every address", { host: "0.0.0.0" }, 2, "Plain HTTP is served on 0.0.0.0: tokens can be read"],
  ["a proxy in front", { host: "0.0.0.0", proxies: "192.0.2.8" }, 0, "for a proxy that serves HTTPS"],
  [
    "a public URL",
    { host: "0.0.0.0", publicUrl: "https://graph.example" },
    0,
    "for a proxy that serves HTTPS",
  ],
  ["this machine", {}, 0, "plain HTTP is served, without a certificate"],
] as const)(
  "tokens over plain HTTP are judged by where they come from: %s",
  async (_, options, exit, told) => {
    const settings = readSettings({
      folder: temporaryFolder(),
      options: { tenants: tenantId, audience: otherId, port: "0", ...options },
    });
    const found: Finding[] = [];
    for await (const finding of diagnose({ ...settings, tenants: [] })) {
      if (finding.check === "certificate") found.push(finding);
    }
    expect(found).toEqual([{ check: "certificate", exit, lines: [expect.stringContaining(told)] }]);
  },
);

test("a clock before the last change is told", async () => {
  const folder = temporaryFolder();
  const file = join(folder, "store.db");
  await makeStore(file);
  const settings = readSettings({ folder, options: { store: "sqlite:store.db", port: "0" } });
  const failed: Finding[] = [];
  for await (const finding of diagnose(settings, () => Date.now() - 3_600_000)) {
    if (finding.exit !== 0) failed.push(finding);
  }
  expect(failed).toEqual([
    { check: "clock", exit: 2, lines: [expect.stringMatching(/^The clock says .* Set the clock\.$/)] },
  ]);
});
