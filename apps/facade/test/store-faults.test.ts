import { spawnSync } from "node:child_process";
import { mkdirSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { appId, openTenant } from "./samples.ts";
import { expectWholeLog, openTestStore, temporaryFolder } from "./stores.ts";

// What a disk does to a facade that serves is in tooling/crash.
const node = [process.execPath, "--conditions=@install-summary/source"] as const;
const starter = fileURLToPath(new URL("store-starter.ts", import.meta.url));
const filler = fileURLToPath(new URL("store-filler.ts", import.meta.url));
const room = fileURLToPath(new URL("store-room.ts", import.meta.url));
const unsynced = fileURLToPath(new URL("store-unsynced.ts", import.meta.url));
const unread = fileURLToPath(new URL("store-unread.ts", import.meta.url));
const remounter = fileURLToPath(new URL("store-remounter.ts", import.meta.url));

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

test("a disk on which a change has no room is not ready, before the first change and after it", (context) => {
  const folder = temporaryFolder();
  const script = `mount -t tmpfs -o size=4m none "$0" && exec "$@"`;
  const child = spawnSync("unshare", ["-rm", "sh", "-c", script, folder, ...node, room, folder], {
    encoding: "utf8",
  });
  if (child.status !== 0 && child.stdout === "")
    context.skip(`no small disk can be mounted: ${child.stderr}`);
  const ends: readonly { readonly change: unknown }[] = JSON.parse(child.stdout);
  const refused = ends.filter(({ change }) => change !== "done");
  expect(refused).toEqual(refused.map((end) => ({ ...end, before: 503, change: 503, after: 503 })));
  expect(refused.length).toBeGreaterThan(4);
  expect(ends.at(-1)).toMatchObject({ before: "done", change: "done", after: "done" });
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

test("a change whose fsync failed is not shown, and is not there after the next start either", (context) => {
  const traced = spawnSync("strace", ["-e", "trace=none", "true"], { encoding: "utf8" });
  if (traced.status !== 0) context.skip(`no strace: ${traced.error?.message ?? traced.stderr}`);
  const child = spawnSync(node[0], [node[1], unsynced, temporaryFolder()], { encoding: "utf8" });
  expect(child.stderr).not.toContain("Error");
  const durable = { read: 'W/"2"', list: ['W/"2"'], search: ['W/"2"'], log: 2 };
  expect(JSON.parse(child.stdout)).toEqual({
    acknowledged: 'W/"2"',
    failed: 503,
    whileFailing: durable,
    again: 503,
    check: 503,
    afterwards: { ...durable, nextStart: 'W/"2"' },
    failedOnce: 503,
    afterOnce: { ...durable, nextStart: 'W/"2"' },
    next: 'W/"3"',
  });
});

test.for([
  { size: "small", ballast: 0 },
  { size: "large", ballast: 20_000_000 },
])(
  "a page of a $size store that the disk cannot give is no damage: it is served again once the disk works",
  ({ ballast }, { skip }) => {
    const traced = spawnSync("strace", ["-e", "trace=none", "true"], { encoding: "utf8" });
    if (traced.status !== 0) skip(`no strace: ${traced.error?.message ?? traced.stderr}`);
    const words = [node[1], unread, temporaryFolder(), String(ballast)];
    const child = spawnSync(node[0], words, { encoding: "utf8" });
    expect(child.stderr).not.toContain("Error");
    const failed = "503 The store could not be read or written. Read again before you repeat a change.";
    const use = { once: "served", always: failed, afterwards: "served" };
    expect(JSON.parse(child.stdout)).toEqual({
      summary: use,
      list: use,
      // Once for each thread that reads.
      search: { ...use, once: expect.toBeOneOf(["served", failed]) },
      log: use,
      change: use,
      check: use,
    });
  },
);

test("on a file system that becomes read-only changes are refused and reads go on, and what was acknowledged is kept", (context) => {
  const folder = temporaryFolder();
  const [image, disk] = [join(folder, "image"), join(folder, "disk")];
  mkdirSync(disk);
  writeFileSync(image, "");
  truncateSync(image, 16 * 1024 * 1024);
  const made = spawnSync("mkfs.ext4", ["-q", "-F", image], { encoding: "utf8" });
  const canMount = spawnSync("unshare", ["-m", "mount", "-t", "ext4", "-o", "loop", image, disk], {
    encoding: "utf8",
  });
  if (made.status !== 0 || canMount.status !== 0) {
    context.skip(`no file system of ext4 can be mounted: ${made.stderr ?? ""}${canMount.stderr ?? ""}`);
  }
  const child = spawnSync("unshare", ["-m", ...node, remounter, image, disk], { encoding: "utf8" });
  expect(child.stderr).not.toContain("Error");
  const unwritable = "503: The store cannot be written.";
  const use = {
    change: `${unwritable} The change was not applied.`,
    check: unwritable,
    read: 'W/"2"',
    list: 1,
    search: 1,
    log: 1,
  };
  expect(JSON.parse(child.stdout)).toEqual({
    acknowledged: 'W/"2"',
    first: expect.stringMatching(/^503: /),
    uses: [use, use],
    kept: expect.stringMatching(/^W\/"[23]"$/),
    next: "string",
  });
});
