import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, test, vi } from "vitest";
import { addApps, appId, openTenant, sampleApp } from "./samples.ts";
import { expectWholeLog, openTestStore, readLog, temporaryFolder } from "./stores.ts";

// Programs start slowly where many tests run.
vi.setConfig({ testTimeout: 60_000 });

const node = [process.execPath, "--conditions=@install-summary/source"] as const;
const writer = fileURLToPath(new URL("store-writer.ts", import.meta.url));
const starter = fileURLToPath(new URL("store-starter.ts", import.meta.url));
const filler = fileURLToPath(new URL("store-filler.ts", import.meta.url));

/** Lets a process change the store's app, kills it after some changes, and tells which were acknowledged. */
async function writeAndKill(file: string, changes: number): Promise<ReadonlyMap<string, number>> {
  const child = spawn(node[0], [node[1], writer, file], { stdio: ["ignore", "pipe", "inherit"] });
  const acknowledged = new Map<string, number>();
  for await (const line of createInterface({ input: child.stdout })) {
    const [requestId, value] = line.split(" ");
    if (requestId === undefined || value === undefined) continue;
    acknowledged.set(requestId, Number(value));
    if (acknowledged.size === changes) child.kill("SIGKILL");
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  expect(child.signalCode).toBe("SIGKILL");
  return acknowledged;
}

test("every acknowledged change outlives a kill, in the midst of a checkpoint too, and the store opens without repair", async () => {
  const file = join(temporaryFolder(), "store.db");
  const store = await openTestStore({ file });
  await addApps(store, [sampleApp()]);
  await store.close();
  const acknowledged = new Map<string, number>();
  // The later rounds are long enough for checkpoints to be under way.
  for (const changes of [20, 37, 54, 71, 88, 105, 1100, 1700, 2300, 2900]) {
    for (const [requestId, value] of await writeAndKill(file, changes)) acknowledged.set(requestId, value);
  }
  const logged = new Map(readLog(file).map(({ requestId, after }) => [requestId, after.failedDeviceCount]));
  for (const [requestId, value] of acknowledged)
    expect([requestId, logged.get(requestId)]).toEqual([requestId, value]);
  await expectWholeLog(file);
});

test("a new store on a disk without room for it is refused in a sentence, and made whole once there is room", (context) => {
  const folder = temporaryFolder();
  const script = `mount -t tmpfs -o size=1m none "$0" && exec "$@"`;
  const child = spawnSync("unshare", ["-rm", "sh", "-c", script, folder, ...node, starter, folder], {
    encoding: "utf8",
  });
  if (child.status !== 0 && child.stdout === "")
    context.skip(`no small disk can be mounted: ${child.stderr}`);
  const ends: readonly { readonly kibibytes: number; readonly end: string; readonly again: string }[] =
    JSON.parse(child.stdout);
  const full = "UserError: The store FILE cannot be written: the disk is full.";
  for (const { kibibytes, ...rest } of ends) {
    const end = rest.end === "opened" ? "opened" : full;
    expect({ kibibytes, ...rest }).toEqual({ kibibytes, end, left: [], again: "opened" });
  }
  expect(ends.at(0)?.end).toBe("opened");
  expect(ends.at(-1)?.end).toBe(full);
});

test("on a full disk changes and the health check fail, reads go on, and all works again when there is room", async (context) => {
  const folder = temporaryFolder();
  const script = `mount -t tmpfs -o size=3m none "$0" && head -c 600000 /dev/zero > "$0/ballast" && exec "$@"`;
  const disk = [...node, filler, join(folder, "store.db"), join(folder, "ballast")];
  const child = spawnSync("unshare", ["-rm", "sh", "-c", script, folder, ...disk], { encoding: "utf8" });
  if (child.status !== 0 && child.stdout === "")
    context.skip(`no small disk can be mounted: ${child.stderr}`);
  const result = JSON.parse(child.stdout);
  expect(result).toEqual({
    code: "ServiceUnavailable",
    acknowledged: expect.any(Number),
    read: result.acknowledged,
    next: result.acknowledged + 1,
    isReadyWhenFull: false,
    isReadyWithRoom: true,
  });
});

test("when the disk refuses a write nothing is acknowledged, and the next change finds a sound store", async (context) => {
  const file = join(temporaryFolder(), "store.db");
  // A limit on the size of files is the one I/O error that every system can be asked for.
  const script = `ulimit -f 1000 && exec "$@"`;
  const child = spawnSync("sh", ["-c", script, "sh", ...node, filler, file], { encoding: "utf8" });
  if (child.error !== undefined) context.skip(`no shell: ${child.error.message}`);
  const result = JSON.parse(child.stdout);
  expect(result).toMatchObject({
    code: "ServiceUnavailable",
    read: result.acknowledged,
    next: result.acknowledged + 1,
  });
  const store = await openTestStore({ file });
  expect((await openTenant(store).readSummary(appId))?.summary.failedDeviceCount).toBe(result.next);
  await expectWholeLog(file);
});
