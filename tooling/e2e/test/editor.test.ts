import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Terminal } from "@tooling/terminal";
import { expect, test } from "vitest";
import { freshPlace, type Place } from "../src/fresh-place.ts";
import { childOf } from "../src/child-of.ts";
import { startInTerminal } from "../src/run-start.ts";

const ctrlC = "\u0003";

async function openEditor(): Promise<{ readonly place: Place; readonly editor: Terminal }> {
  const place = await freshPlace();
  const editor = startInTerminal(place);
  await editor.shows("200 apps · by failed", 60);
  return { place, editor };
}

/** The terminal is as it was: the shell's screen, a cursor, rows that wrap, keys that echo. */
function expectHandedBack(editor: Terminal): void {
  expect(editor.emulator.buffer.active.type).toBe("normal");
  expect(editor.emulator.modes.wraparoundMode).toBe(true);
  expect(editor.emulator.modes.bracketedPasteMode).toBe(false);
  expect(editor.written().lastIndexOf("\u001B[?25h")).toBeGreaterThan(
    editor.written().lastIndexOf("\u001B[?25l"),
  );
}

test("Ctrl-C ends editor and facade with exit 0; the log of the time between is in the data folder", async () => {
  const { place, editor } = await openEditor();

  editor.type(ctrlC);

  expect(await editor.ended).toEqual({ exitCode: 0, signal: 0 });
  expectHandedBack(editor);
  expect(editor.screen()).toContain("Loaded the sample tenant: 200 apps.");
  const log = await readFile(join(place.folder, ".data", "facade.log"), "utf8");
  expect(log).toContain("method=GET");
  expect(log).not.toContain("eyJ");
});

test("with staged edits the first Ctrl-C asks and the second one quits", async () => {
  const { editor } = await openEditor();
  editor.type("\u001B[C");
  await editor.shows("Devices on which the app is installed.");
  editor.type("7\r");
  await editor.shows("1 staged");

  editor.type(ctrlC);
  await editor.shows("Quit and lose 1 staged change?");
  editor.type(ctrlC);

  expect(await editor.ended).toEqual({ exitCode: 0, signal: 0 });
});

test.for(["SIGTERM", "SIGHUP", "SIGINT"] as const)("%s to start ends the editor first", async (signal) => {
  const { editor } = await openEditor();

  editor.signal(signal);

  expect(await editor.ended).toEqual({ exitCode: 0, signal: 0 });
  expectHandedBack(editor);
});

test("an editor that is killed leaves no broken terminal behind", async ({ skip }) => {
  if (!existsSync("/proc/self/task")) skip("this system has no /proc to find the editor's process in");
  const { editor } = await openEditor();

  process.kill(await childOf(editor.pid), "SIGKILL");

  expect(await editor.ended).toEqual({ exitCode: 1, signal: 0 });
  expectHandedBack(editor);
});
