// Started by store-faults.test.ts: changes one app while its own fsync fails, and prints what came of each use. What the next
// start would find is read from copies of the files, as a kill leaves them.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { isGraphError } from "@install-summary/core";
import { openSqliteStore } from "../src/store/sqlite/open-sqlite-store.ts";
import { addApps, appId, incrementing, openTenant, request, sampleApp } from "./samples.ts";

const [folder = ""] = process.argv.slice(2);
const file = join(folder, "store.db");
const store = await openSqliteStore({ file });
const tenant = openTenant(store);
await addApps(store, [sampleApp()]);

async function endOf(use: () => unknown): Promise<unknown> {
  try {
    return await use();
  } catch (error) {
    return isGraphError(error) ? error.status : String(error);
  }
}

const change = (): Promise<unknown> =>
  endOf(async () => (await tenant.update(appId, incrementing, request))?.current.etag);
const uses = async (): Promise<unknown> => ({
  read: await endOf(async () => (await tenant.readSummary(appId))?.etag),
  list: await endOf(async () => (await tenant.listApps({ top: 10 })).apps.map(({ etag }) => etag)),
  search: await endOf(async () =>
    (await tenant.listApps({ top: 10, search: [{ word: "o" }] })).apps.map(({ etag }) => etag),
  ),
  log: await endOf(async () => (await tenant.readChanges({ top: 10, order: "asc" })).changes.length),
});

async function nextStart(name: string): Promise<unknown> {
  const copy = join(folder, name);
  for (const part of ["", "-wal"]) copyFileSync(file + part, copy + part);
  const next = await openSqliteStore({ file: copy });
  const etag = (await openTenant(next).readSummary(appId))?.etag;
  await next.close();
  return etag;
}

/** Has some calls of fsync fail: `1+` are all. The result lets them succeed again. */
async function failSync(when: string): Promise<() => Promise<void>> {
  const inject = `inject=fsync:error=EIO:when=${when}`;
  const pid = String(process.pid);
  const strace = spawn("strace", ["-f", "-qq", "-e", "trace=fsync", "-e", inject, "-p", pid], {
    stdio: "ignore",
  });
  const ended = once(strace, "close");
  while (!/^TracerPid:\t[1-9]/m.test(readFileSync("/proc/self/status", "utf8"))) await setTimeout(5);
  return async () => {
    strace.kill("SIGINT");
    await ended;
  };
}

const acknowledged = await change();
const succeedAgain = await failSync("1+");
const failed = await change();
const whileFailing = await uses();
const again = await change();
const check = await endOf(() => store.check());
await succeedAgain();
await store.check();
const afterwards = { ...Object(await uses()), nextStart: await nextStart("copy-1.db") };
const endOnce = await failSync("1");
const failedOnce = await change();
await endOnce();
const afterOnce = { ...Object(await uses()), nextStart: await nextStart("copy-2.db") };
const next = await change();
await store.close();
process.stdout.write(
  JSON.stringify({
    acknowledged,
    failed,
    whileFailing,
    again,
    check,
    afterwards,
    failedOnce,
    afterOnce,
    next,
  }),
);
