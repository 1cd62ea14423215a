// Started by store-faults.test.ts where mounts are its own: serves a store on a disk that becomes read-only, as ext4 does
// after an error of its device, and prints what came of each use. Then mounts the disk anew and prints what is there.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { isGraphError } from "@install-summary/core";
import { openSqliteStore } from "../src/store/sqlite/open-sqlite-store.ts";
import { addApps, appId, incrementing, openTenant, request, sampleApp } from "./samples.ts";

const [image = "", disk = ""] = process.argv.slice(2);
const file = join(disk, "store.db");

function run(command: string, ...args: readonly string[]): void {
  const { status, stderr } = spawnSync(command, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
}

async function endOf(use: () => unknown): Promise<unknown> {
  try {
    return await use();
  } catch (error) {
    return isGraphError(error) ? `${error.status}: ${error.message}` : String(error);
  }
}

run("mount", "-t", "ext4", "-o", "loop,errors=remount-ro", image, disk);
const store = await openSqliteStore({ file });
const tenant = openTenant(store);
const change = async (): Promise<unknown> =>
  (await tenant.update(appId, incrementing, request))?.current.etag;
const read = async (): Promise<unknown> => (await tenant.readSummary(appId))?.etag;
await addApps(store, [sampleApp()]);
const acknowledged = await change();

run("mount", "-o", "remount,abort", disk);
const first = await endOf(change);
const uses = [];
for (let round = 0; round < 2; round += 1) {
  uses.push({
    change: await endOf(change),
    check: await endOf(() => store.check()),
    read: await endOf(read),
    list: await endOf(async () => (await tenant.listApps({ top: 10 })).apps.length),
    search: await endOf(
      async () => (await tenant.listApps({ top: 10, search: [{ word: "o" }] })).apps.length,
    ),
    log: await endOf(async () => (await tenant.readChanges({ top: 1, order: "asc" })).changes.length),
  });
}
await store.close();

run("umount", disk);
run("mount", "-t", "ext4", "-o", "loop", image, disk);
const again = await openSqliteStore({ file });
const kept = (await openTenant(again).readSummary(appId))?.etag;
const next = typeof (await endOf(
  async () => (await openTenant(again).update(appId, incrementing, request))?.current.etag,
));
await again.close();
process.stdout.write(JSON.stringify({ acknowledged, first, uses, kept, next }));
