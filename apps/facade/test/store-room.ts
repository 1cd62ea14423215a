// Started by store-faults.test.ts in a folder on a small disk: for more and more room it asks whether a store is ready before its
// first change and after it, and prints what came of each.
import { isGraphError } from "@install-summary/core";
import { rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openSqliteStore } from "../src/store/sqlite/open-sqlite-store.ts";
import { addApps, appId, incrementing, openTenant, request, sampleApp } from "./samples.ts";

const [folder = ""] = process.argv.slice(2);
const file = join(folder, "store.db");
const ballast = join(folder, "ballast");

const filled = await openSqliteStore({ file });
await addApps(filled, [sampleApp()]);
await filled.close();

async function endOf(use: Promise<unknown>): Promise<unknown> {
  return use.then(
    () => "done",
    (error: unknown) => (isGraphError(error) ? error.status : String(error)),
  );
}

const ends: unknown[] = [];
for (let kibibytes = 0; kibibytes <= 256; kibibytes += 4) {
  rmSync(ballast, { force: true });
  const { bavail, bsize } = statfsSync(folder);
  writeFileSync(ballast, Buffer.alloc(bavail * bsize - kibibytes * 1024));
  const store = await openSqliteStore({ file });
  const before = await endOf(store.check());
  const change = await endOf(openTenant(store).update(appId, incrementing, request));
  const after = await endOf(store.check());
  await store.close();
  ends.push({ kibibytes, before, change, after });
}
process.stdout.write(JSON.stringify(ends));
