import { chmodSync, copyFileSync, mkdirSync, readFileSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openSharedStore } from "../src/commands/open-shared-store.ts";
import { diagnose } from "../src/doctor/diagnose.ts";
import { createFacade } from "../src/facade.ts";
import { readSettings } from "../src/settings/read-settings.ts";
import { backupStore } from "../src/store/sqlite/backup-store.ts";
import { untilDoneAsOrdinaryUser } from "./as-ordinary-user.ts";
import { addApps, appId, incrementing, openTenant, request, sampleApp } from "./samples.ts";
import { openTestStore, readLog, temporaryFolder } from "./stores.ts";

/** The folder of a store whose process was killed: its last commits are in a log, which is as old as a file can be. */
async function folderOfKilled(): Promise<{ folder: string; data: string; file: string; log: string }> {
  const folder = temporaryFolder();
  const data = join(folder, ".data");
  mkdirSync(data, { mode: 0o700 });
  const [file, running] = [join(data, "install-summary.db"), join(folder, "running.db")];
  const store = await openTestStore({ file: running });
  await addApps(store, [sampleApp()]);
  await openTenant(store).update(appId, incrementing, request);
  for (const part of ["", "-wal"]) copyFileSync(running + part, file + part);
  utimesSync(`${file}-wal`, 0, 0);
  return { folder, data, file, log: `${file}-wal` };
}

/** Whether a log was written since it was made old. */
const isWritten = (log: string): boolean => statSync(log).mtimeMs > 0;

test("a backup of a store whose process was killed writes its log anew first, and leaves it in its place", async () => {
  const { folder, file, log } = await folderOfKilled();
  const content = readFileSync(log);
  const options = { file, replace: true, signal: new AbortController().signal };
  const target = join(folder, "backup.db");
  expect(await backupStore({ ...options, target, mustProve: false })).toMatchObject({ unproven: undefined });
  expect(isWritten(log)).toBe(false);
  expect(await backupStore({ ...options, target })).toMatchObject({ changes: 2, unproven: undefined });
  expect(isWritten(log)).toBe(true);
  expect(readFileSync(log).equals(content)).toBe(true);
  expect(readLog(target)).toHaveLength(2);
});

test("a backup of a store that can only be read is made, and says what it could not prove", async () => {
  const { folder, data, file, log } = await folderOfKilled();
  for (const path of [folder, data]) chmodSync(path, 0o777);
  for (const path of [file, log]) chmodSync(path, 0o444);
  const signal = new AbortController().signal;
  const target = join(folder, "backup.db");
  const backup = untilDoneAsOrdinaryUser(() => backupStore({ file, target, replace: false, signal }));
  expect(await backup).toMatchObject({ changes: 2, unproven: "cannot be used: permission denied" });
  expect(isWritten(log)).toBe(false);
});

test("doctor says of a log that was left that its changes may not be on the disk, and leaves it", async () => {
  const { folder, file, log } = await folderOfKilled();
  const settings = readSettings({ folder, options: { port: "0" } });
  for await (const { check, exit, lines } of diagnose(settings)) {
    if (check !== "store") continue;
    expect({ exit, lines }).toEqual({
      exit: 0,
      lines: [
        `${file} is whole, and its 2 changes come to its summaries; its log may hold changes that are not on the disk yet, and serve writes them anew when it starts`,
      ],
    });
  }
  expect(isWritten(log)).toBe(false);
});

test("a command writes a log anew that a killed process has left, and leaves the log of a facade that serves", async () => {
  const { folder, data, log } = await folderOfKilled();
  const settings = readSettings({ folder, options: {} });
  const first = await openSharedStore(settings);
  onTestFinished(() => first.close());
  expect(isWritten(log)).toBe(true);
  const facade = await createFacade({ settings: { data } });
  onTestFinished(() => facade.close());
  utimesSync(log, 0, 0);
  const second = await openSharedStore(settings);
  onTestFinished(() => second.close());
  expect(
    await second
      .open({ tenantId: "00000000-0000-4000-8000-000000000001", actor: "a", origin: "api" })
      .isEmpty(),
  ).toBe(false);
  expect(isWritten(log)).toBe(false);
});
