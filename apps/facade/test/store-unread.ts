// Started by store-faults.test.ts: uses a store while the disk cannot give the pages of its file, and prints what came of each use
// then, and once the disk works again.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout } from "node:timers/promises";
import { isGraphError } from "@install-summary/core";
import { openSqliteStore } from "../src/store/sqlite/open-sqlite-store.ts";
import { addApps, appId, incrementing, openTenant, request, sampleApp } from "./samples.ts";

const [folder = "", ballast = ""] = process.argv.slice(2);
const file = join(folder, "store.db");
const first = await openSqliteStore({ file });
await addApps(first, [sampleApp()]);
await first.close();
{
  // Of a large store not every page is read when it is opened.
  using other = new DatabaseSync(file);
  other.exec(`CREATE TABLE ballast (text); INSERT INTO ballast VALUES (zeroblob(${Number(ballast)}))`);
}
const store = await openSqliteStore({ file });
const tenant = openTenant(store);

/** Has some reads of the file fail: `1+` are all. The result lets them succeed again. */
async function failReads(when: string): Promise<() => Promise<void>> {
  const inject = `inject=pread64:error=EIO:when=${when}`;
  const traced = ["-f", "-qq", "-P", file, "-e", "trace=pread64", "-e", inject, "-p", String(process.pid)];
  const strace = spawn("strace", traced, { stdio: "ignore" });
  const ended = once(strace, "close");
  while (!/^TracerPid:\t[1-9]/m.test(readFileSync("/proc/self/status", "utf8"))) await setTimeout(5);
  return async () => {
    strace.kill("SIGINT");
    await ended;
  };
}

async function endOf(use: () => unknown): Promise<string> {
  try {
    await use();
    return "served";
  } catch (error) {
    return isGraphError(error) ? `${error.status} ${error.message}` : String(error);
  }
}

const uses: Readonly<Record<string, () => unknown>> = {
  summary: () => tenant.readSummary(appId),
  list: () => tenant.listApps({ top: 10 }),
  search: () => tenant.listApps({ top: 10, search: [{ word: "outlook" }] }),
  log: () => tenant.readChanges({ top: 10, order: "asc" }),
  change: () => tenant.update(appId, incrementing, request),
  check: () => store.check(),
};

const ends: Record<string, unknown> = {};
for (const [name, use] of Object.entries(uses)) {
  const told: string[] = [];
  for (const when of ["1", "1+"]) {
    {
      // After a change by another program nothing is read from the cache.
      using other = new DatabaseSync(file);
      other.exec("UPDATE change_feed SET last = last; PRAGMA wal_checkpoint(TRUNCATE)");
    }
    const succeedAgain = await failReads(when);
    told.push(await endOf(use));
    await succeedAgain();
  }
  ends[name] = { once: told[0], always: told[1], afterwards: await endOf(use) };
}
await store.close();
process.stdout.write(JSON.stringify(ends));
