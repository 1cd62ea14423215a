import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "@tooling/launch/project";
import type { Terminal } from "@tooling/terminal";
import { expect, test } from "vitest";
import { createSandbox, type Sandbox } from "../../src/sandbox.ts";
import { childOf } from "../../src/child-of.ts";
import { startInTerminal } from "../../src/run-start.ts";

const ctrlC = "\u0003";

async function openEditor(): Promise<{ readonly sandbox: Sandbox; readonly editor: Terminal }> {
  const sandbox = await createSandbox();
  const editor = startInTerminal(sandbox);
  await editor.shows("200 apps · by failed", 60);
  return { sandbox, editor };
}

/** Expects the terminal as it was before: the shell's screen, a cursor, wrapped lines, echoed keys. */
function expectHandedBack(editor: Terminal): void {
  expect(editor.emulator.buffer.active.type).toBe("normal");
  expect(editor.emulator.modes.wraparoundMode).toBe(true);
  expect(editor.emulator.modes.bracketedPasteMode).toBe(false);
  expect(editor.written().lastIndexOf("\u001B[?25h")).toBeGreaterThan(
    editor.written().lastIndexOf("\u001B[?25l"),
  );
}

test("Ctrl-C ends editor and facade with exit 0, and the facade's log is in the data folder", async () => {
  const { sandbox, editor } = await openEditor();

  editor.type(ctrlC);

  expect(await editor.ended).toEqual({ exitCode: 0, signal: 0 });
  expectHandedBack(editor);
  expect(editor.screen()).toContain("Loaded the sample tenant: 200 apps.");
  const log = await readFile(join(sandbox.folder, ".data", "facade.log"), "utf8");
  expect(log).toContain("method=GET");
  expect(log).not.toContain("eyJ");
});

test("with staged edits Ctrl-C quits, and the next start brings them back", async () => {
  const { sandbox, editor } = await openEditor();
  editor.type("\u001B[C");
  await editor.shows("Devices on which installing the app failed.");
  editor.type("7\r");
  await editor.shows("1 staged");

  editor.type(ctrlC);
  expect(await editor.ended).toEqual({ exitCode: 0, signal: 0 });
  // The facade has ended too: what brings it back starts both, on the port that the drafts are of.
  expect(editor.screen().replaceAll("\n", "")).toContain(
    `1 draft is kept on this computer: npx -y pnpm@12 --dir ${root} start --port ${sandbox.port} brings it back.`,
  );

  const next = startInTerminal(sandbox);
  await next.shows(/1 draft from \d+:\d\d on this computer/, 60);
  next.type("\r");
  await next.shows("1 draft is staged again");
  next.type("uq");
  expect(await next.ended).toEqual({ exitCode: 0, signal: 0 });
});

test.for(["SIGTERM", "SIGHUP", "SIGINT"] as const)("%s to start ends the editor first", async (signal) => {
  const { editor } = await openEditor();

  editor.signal(signal);

  expect(await editor.ended).toEqual({ exitCode: 0, signal: 0 });
  expectHandedBack(editor);
});

const report =
  "ApplicationId,DisplayName,Platform,InstalledDeviceCount,FailedDeviceCount,PendingInstallDeviceCount," +
  "NotApplicableDeviceCount,NotInstalledDeviceCount,InstalledUserCount,FailedUserCount,PendingInstallUserCount," +
  "NotApplicableUserCount,NotInstalledUserCount\n" +
  "11111111-1111-4111-8111-111111111111,Our App,5,1,2,3,4,5,6,7,8,9,10\n" +
  "22222222-2222-4222-8222-222222222222,Their App,5,1,many,3,4,5,6,7,8,9,10\n";

async function importWithRejectedRow(): Promise<{ readonly sandbox: Sandbox; readonly editor: Terminal }> {
  const sandbox = await createSandbox();
  await writeFile(join(sandbox.folder, "ours.csv"), report);
  const editor = startInTerminal(sandbox, ["--import", "ours.csv", "--data", "elsewhere"]);
  await editor.shows("Press Enter to open the editor, Ctrl-C to end.", 60);
  return { sandbox, editor };
}

test("rejected rows are shown before the editor opens, and are in the log", async () => {
  const { sandbox, editor } = await importWithRejectedRow();
  expect(editor.emulator.buffer.active.type).toBe("normal");
  expect(editor.screen()).toMatch(/line 3, FailedDeviceCount: .*many/);
  expect(editor.screen()).toContain("1 row was rejected;");

  editor.type("\r");
  // The editor signs in with the key in the given data folder.
  await editor.shows(/1 apps? · by failed/, 60);
  editor.type("q");

  expect(await editor.ended).toEqual({ exitCode: 0, signal: 0 });
  const log = await readFile(join(sandbox.folder, "elsewhere", "facade.log"), "utf8");
  expect(log).toMatch(/line 3, FailedDeviceCount: .*many/);
});

test.for([
  ["Ctrl-C", ctrlC],
  ["Ctrl-D", "\u0004"],
] as const)("%s ends it before the editor opens", async ([, keys]) => {
  const { editor } = await importWithRejectedRow();

  editor.type(keys);

  expect(await editor.ended).toEqual({ exitCode: 0, signal: 0 });
  expect(editor.written()).not.toContain("by failed");
});

test("a killed editor leaves the terminal usable", async ({ skip }) => {
  if (!existsSync("/proc/self/task")) skip("this system has no /proc to find the editor's process in");
  const { editor } = await openEditor();

  process.kill(await childOf(editor.pid), "SIGKILL");

  expect(await editor.ended).toEqual({ exitCode: 1, signal: 0 });
  expectHandedBack(editor);
});
