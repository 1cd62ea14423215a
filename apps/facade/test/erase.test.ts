import { openTerminal } from "@tooling/terminal";
import { once } from "node:events";
import { copyFileSync, readdirSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Readable } from "node:stream";
import { text as textOf } from "node:stream/consumers";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { inspectStore } from "../src/store/sqlite/inspect-store.ts";
import { openStream } from "./event-stream.ts";
import { outcome, read, report, type TestFacade } from "./facades.ts";
import { program, runFacade, startFacade, startServing } from "./programs.ts";
import { appId } from "./samples.ts";
import { temporaryFolder } from "./stores.ts";

const tenant = "3f2a6d1e-0c57-4a7e-9d3a-111111111111";
const other = "3f2a6d1e-0c57-4a7e-9d3a-222222222222";
const canaries = ["Kanarie", "canary@contoso.com", "canary-request", tenant, "77777777-"];
const ownAppId = "77777777-0000-4000-8000-000000000000";

/** A report of apps whose names, publishers and ids are found nowhere else. */
function reportOfCanaries(apps: number, name = "Kanarie"): string {
  const [header = ""] = report.split("\n");
  const rows = Array.from({ length: apps }, (_, at) => {
    const id = `77777777-0000-4000-8000-${String(at).padStart(12, "0")}`;
    return `${id},${name} ${"x".repeat((at * 37) % 900)},${name} Inc,5,4,1,8,7,9,2,15,6,5,7`;
  });
  return [header, ...rows, ""].join("\n");
}

function importInto(folder: string, tenantId: string, content: string) {
  return runFacade({ folder, stdin: Readable.from([content]) }, "import", "-", "--tenant", tenantId);
}

async function tokenOf(folder: string, tenantId: string): Promise<string> {
  const user = tenantId === tenant ? "canary@contoso.com" : "ada@contoso.com";
  const { stdout } = await runFacade({ folder }, "token", "--tenant", tenantId, "--user", user);
  return stdout.trim();
}

/** Calls a facade that another process serves. */
function callsOf(url: string, token: string): Pick<TestFacade, "get" | "patch"> {
  const origin = new URL(url).origin;
  const call = (
    method: string,
    path: string,
    headers: Readonly<Record<string, string>> = {},
    body?: string,
  ) =>
    fetch(origin + path, {
      method,
      headers: { Authorization: `Bearer ${token}`, ...headers },
      ...(body !== undefined && { body }),
    });
  return {
    get: (path, { headers } = {}) => call("GET", path, headers),
    patch: (body, { path = summaryOf(ownAppId), headers } = {}) =>
      call("PATCH", path, { "Content-Type": "application/json", ...headers }, JSON.stringify(body)),
  };
}

function summaryOf(id: string): string {
  return `/beta/deviceAppManagement/mobileApps/${id}/installSummary`;
}

/** The files of a folder that hold a text, with it. */
function findInFiles(folder: string, texts: readonly string[]): readonly string[] {
  return readdirSync(folder).flatMap((name) => {
    const content = readFileSync(join(folder, name), "latin1");
    return texts.filter((text) => content.includes(text)).map((text) => `${name}: ${text}`);
  });
}

/** Whether the first changes of a tenant are gone. */
function isErasing(file: string): boolean {
  using database = new DatabaseSync(file, { readOnly: true, timeout: 5000 });
  return database.prepare("SELECT 1 FROM change_feed WHERE removed > 0").get() !== undefined;
}

describe("erase while a facade serves", () => {
  test("takes a tenant out of the files and of every response, and leaves the other tenant as it is", async () => {
    const folder = temporaryFolder();
    const data = join(folder, ".data");
    const serving = await startServing({ folder });
    // Twice under other names, so that pages are split and their rows move and shrink.
    await importInto(folder, tenant, reportOfCanaries(1200, "Kanarienvogel"));
    await importInto(folder, tenant, reportOfCanaries(1200));
    expect(await importInto(folder, other, report)).toMatchObject({ exit: 0 });
    const [own, theirs] = [
      callsOf(serving.url, await tokenOf(folder, tenant)),
      callsOf(serving.url, await tokenOf(folder, other)),
    ];
    for (let at = 0; at < 40; at += 1) {
      await own.patch({ failedDeviceCount: at }, { headers: { "client-request-id": "canary-request" } });
      await theirs.patch({ failedDeviceCount: at + 10 }, { path: summaryOf(appId) });
    }
    const before = await read(await own.get("/api/changes?top=1"));
    const { next: end } = await read(await own.get("/api/changes?top=1000&order=desc&origin=api"));
    expect(end).toBeUndefined();
    const etag = (await own.get(summaryOf(ownAppId))).headers.get("etag") ?? "";
    const filter =
      "/beta/deviceAppManagement/mobileApps?$filter=contains(publisher,'arie')&$count=true&$top=1";
    expect(await read(await own.get(filter))).toMatchObject({ "@odata.count": 1200 });
    expect(findInFiles(data, canaries).length).toBeGreaterThan(3);
    const stream = await openStream(own, { query: `?after=${before.next}` });
    expect(await stream.next()).toMatchObject({ event: "change" });
    const { next: newest } = await read(await own.get("/api/changes?actor=nobody"));
    const follower = await openStream(own, { query: `?after=${newest}` });

    const { exit, stdout, stderr } = await runFacade({ folder }, "erase", "--tenant", tenant, "--yes");
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: "" });
    expect(stdout).toMatch(
      / tenant erased .*\btenant=3f2a6d1e-0c57-4a7e-9d3a-111111111111\b.* apps=1200 changes=1240 /,
    );
    expect(stdout).toContain("no longer holds the tenant's id.");

    expect(findInFiles(data, canaries)).toEqual([]);
    expect(await read(await own.get(filter))).toMatchObject({ "@odata.count": 0, value: [] });
    expect(await outcome(await own.get(summaryOf(ownAppId)))).toMatch(/^404 /);
    for (const cursor of [before.next, newest]) {
      expect(await outcome(await own.get(`/api/changes?after=${cursor}`))).toBe(
        "410 Gone The cursor is older than the change log.",
      );
    }
    expect(await follower.next()).toMatchObject({ event: "gap" });
    await follower.close();
    expect(await read(await own.get("/api/changes"))).toMatchObject({ value: [], olderRemoved: true });
    expect(await read(await theirs.get(summaryOf(appId)))).toMatchObject({ failedDeviceCount: 49 });
    expect((await theirs.patch({ failedDeviceCount: 1 }, { path: summaryOf(appId) })).status).toBe(200);
    expect((await fetch(new URL("/readyz", serving.url))).status).toBe(200);
    expect((await inspectStore(join(data, "install-summary.db"))).faults).toEqual([]);

    await importInto(folder, tenant, reportOfCanaries(1));
    const again = (await own.get(summaryOf(ownAppId))).headers.get("etag") ?? "";
    expect(Number(/\d+/.exec(again)?.[0])).toBeGreaterThan(Number(/\d+/.exec(etag)?.[0]));
    const stale = await own.patch({ failedDeviceCount: 5 }, { headers: { "if-match": etag } });
    expect(stale.status).toBe(412);
    // What the stream had read before came first; then the new app, as a change from nothing.
    for (;;) {
      const event = await stream.next();
      if (event?.data["version"] !== Number(/\d+/.exec(again)?.[0])) continue;
      expect(event).toMatchObject({ event: "change", data: { before: {} } });
      break;
    }
    await stream.close();
    expect(await serving.stop("SIGTERM")).toBe(0);
  });

  test("rewrites a file in which the tenant was deleted without being overwritten", async () => {
    const folder = temporaryFolder();
    const data = join(folder, ".data");
    const serving = await startServing({ folder });
    await importInto(folder, tenant, reportOfCanaries(300));
    await importInto(folder, other, report);
    using older = new DatabaseSync(join(data, "install-summary.db"), { timeout: 5000 });
    older.exec(`PRAGMA secure_delete = OFF; DELETE FROM install_summary_change WHERE tenant_id = '${tenant}';
      UPDATE change_feed SET removed = last WHERE tenant_id = '${tenant}'; PRAGMA wal_checkpoint(TRUNCATE)`);
    older.close();
    expect(await runFacade({ folder }, "erase", "--tenant", tenant, "--yes")).toMatchObject({
      exit: 0,
      stderr: "",
    });
    expect(findInFiles(data, canaries)).toEqual([]);
    const theirs = callsOf(serving.url, await tokenOf(folder, other));
    expect((await theirs.patch({ failedDeviceCount: 9 }, { path: summaryOf(appId) })).status).toBe(200);
    expect((await inspectStore(join(data, "install-summary.db"))).faults).toEqual([]);
    expect(await serving.stop("SIGTERM")).toBe(0);
  });
});

describe("erase", () => {
  test("names the copies that were kept, and can be run again", async () => {
    const folder = temporaryFolder();
    await importInto(folder, tenant, report);
    const file = join(folder, ".data", "install-summary.db");
    using database = new DatabaseSync(file);
    const replaced = `${file}.replaced-2026-11-26T08-00-00.000Z`;
    // A restore that was killed leaves the last one.
    const draft = `${file}.0e5d6a0c-1f0b-4f4e-9b0e-2f3c4d5e6f70`;
    for (const copy of [`${file}.schema-3`, replaced, draft]) database.exec(`VACUUM INTO '${copy}'`);
    database.close();
    for (const changes of ["apps=3 changes=3", "apps=0 changes=0"]) {
      const { exit, stdout } = await runFacade({ folder }, "erase", "--tenant", tenant, "--yes");
      expect(exit).toBe(0);
      expect(stdout).toContain(changes);
      expect(stdout.includes(`Nothing of the tenant ${tenant} was left`)).toBe(
        changes === "apps=0 changes=0",
      );
      expect(stdout).toContain(`The copy ${file}.schema-3 still holds what it held.`);
      expect(stdout).toContain(`The copy ${replaced} still holds what it held.`);
      expect(stdout).toContain(`The copy ${draft} still holds what it held.`);
    }
  });

  test("succeeds where its id is a text in rows of another tenant, which stay as they are", async () => {
    const folder = temporaryFolder();
    await importInto(folder, tenant, reportOfCanaries(50));
    await importInto(folder, other, report.replace("Contoso Portal", `Portal of ${tenant}`));
    const { exit, stdout, stderr } = await runFacade({ folder }, "erase", "--tenant", tenant, "--yes");
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: "" });
    expect(stdout).toContain(
      "holds nothing of the tenant. Its id is a text in rows of other tenants, which stay as they are.",
    );
    const found = findInFiles(join(folder, ".data"), ["Kanarie", "77777777-", `Portal of ${tenant}`]);
    expect(found).toEqual([`install-summary.db: Portal of ${tenant}`]);
  });

  test("that is stopped says what is left, and goes on when it is run again", async () => {
    const folder = temporaryFolder();
    const file = join(folder, ".data", "install-summary.db");
    await importInto(folder, tenant, reportOfCanaries(8000));
    const erasing = startFacade({ folder }, "erase", "--tenant", tenant, "--yes");
    if (erasing.stderr === null) throw new Error("the program has no standard error");
    const ended = once(erasing, "exit");
    await vi.waitUntil(() => isErasing(file), { timeout: 30_000, interval: 5 });
    erasing.kill("SIGINT");
    const [stderr, [exit]] = await Promise.all([textOf(erasing.stderr), ended]);
    expect(exit).toBe(130);
    expect(stderr).toMatch(
      /^install-summary-facade: Stopped by Ctrl-C\. The tenant \S+ is erased in part: [\d,]+ apps and [\d,]+ changes? are left\. Run the command again to erase them\.\n$/,
    );
    expect(await inspectStore(file)).toMatchObject({ faults: [], tenants: 1 });
    expect(await runFacade({ folder }, "erase", "--tenant", tenant, "--yes")).toMatchObject({ exit: 0 });
    expect(await inspectStore(file)).toMatchObject({ faults: [], tenants: 0, apps: 0, changes: 0 });
  });

  test("of a store that is replaced meanwhile says so", async () => {
    const folder = temporaryFolder();
    const file = join(folder, ".data", "install-summary.db");
    await importInto(folder, tenant, reportOfCanaries(8000));
    copyFileSync(file, `${file}.copy`);
    const erasing = startFacade({ folder }, "erase", "--tenant", tenant, "--yes");
    if (erasing.stderr === null) throw new Error("the program has no standard error");
    const ended = once(erasing, "exit");
    await vi.waitUntil(() => isErasing(file), { timeout: 30_000, interval: 5 });
    renameSync(`${file}.copy`, file);
    const [stderr, [exit]] = await Promise.all([textOf(erasing.stderr), ended]);
    expect([exit, stderr]).toEqual([
      7,
      `install-summary-facade: The store ${file} was moved or replaced meanwhile. What is there now may hold the tenant: run the command again.\n`,
    ]);
  });

  test("is refused without a tenant, without a store, and where it cannot ask", async () => {
    const folder = temporaryFolder();
    expect(await runFacade({ folder }, "erase", "--yes")).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining("--tenant is missing. Name the tenant to erase."),
    });
    expect(await runFacade({ folder }, "erase", "--tenant", tenant, "--yes")).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining("does not exist. Name its folder with --data."),
    });
    expect(readdirSync(folder)).toEqual([]);
    await importInto(folder, tenant, report);
    expect(await runFacade({ folder }, "erase", "--tenant", tenant)).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining("Nothing was erased: without a terminal it needs --yes."),
    });
    expect((await inspectStore(join(folder, ".data", "install-summary.db"))).changes).toBe(3);
  });

  test("asks on a terminal with the numbers, and erases after a yes alone", async () => {
    const folder = temporaryFolder();
    const data = join(folder, ".data");
    await importInto(folder, tenant, report);
    const start = () => {
      const terminal = openTerminal({
        command: process.execPath,
        args: [program, "erase", "--tenant", tenant, "--data", data],
        columns: 160,
        folder,
      });
      onTestFinished(() => terminal.close());
      return terminal;
    };
    const refused = start();
    await refused.shows(`Erase 3 apps and 3 changes of tenant ${tenant} from`);
    refused.type("\r");
    await refused.shows("Nothing was erased: the reply was not yes.");
    expect((await inspectStore(join(data, "install-summary.db"))).changes).toBe(3);
    const accepted = start();
    await accepted.shows("for good? [y/N]");
    accepted.type("y\r");
    await accepted.shows("no longer holds the tenant's id.");
    expect((await inspectStore(join(data, "install-summary.db"))).changes).toBe(0);
  });
});
