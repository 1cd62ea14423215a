import { execFileSync } from "node:child_process";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Terminal } from "@tooling/terminal";
import { beforeEach, expect, test } from "vitest";
import { keys, useEditorFixture } from "./editor-fixture.ts";
import { program } from "./run-program.ts";
import { sampleId } from "./sample-apps.ts";

// The disk with the drafts does not respond, as a network drive whose server is gone.

const fixture = useEditorFixture();
const stallFiles = fileURLToPath(new URL("stall-files.ts", import.meta.url));
const mark = (): string => join(fixture.folder(), "stalled");
const pipe = (): string => join(fixture.folder(), "pipe");

beforeEach(() => {
  execFileSync("mkfifo", [pipe()]);
});

/** The editor with its drafts on this disk. */
function startOnDisk(): Terminal {
  return fixture.start({
    args: ["--import", stallFiles, program],
    env: { ...fixture.env(), STALL_MARK: mark(), STALL_PIPE: pipe() },
  });
}

async function start(): Promise<Terminal> {
  const editor = startOnDisk();
  await editor.shows("13 apps");
  return editor;
}

/** The disk does not respond from now on. */
async function stall(calls = "mkdir rename rm"): Promise<void> {
  await writeFile(mark(), calls);
}

/** The disk responds from now on. */
async function respond(): Promise<void> {
  await rm(mark());
  await writeFile(pipe(), "");
}

test("a draft that is not on disk is told for as long as that is so, and editing and sending go on", async () => {
  const editor = await start();
  await stall();
  editor.type(`${keys.right}8${keys.enter}`);
  await editor.shows("Drafts cannot be kept on this computer: the disk does not respond.");
  editor.type(keys.escape);
  await editor.shows("What is staged may not be on disk: the disk does not respond. q asks.");
  editor.type("sy");
  await editor.shows("1 → 2  failed devices 8");
  expect(fixture.server.current(sampleId(0))).toMatchObject({ version: 2 });
  editor.type(`${keys.escape}${keys.right}9${keys.enter}${keys.escape}`);
  await editor.shows("What is staged may not be on disk");
  await respond();
  await editor.shows("Drafts are kept on this computer again.");
  editor.type("q");
  await editor.shows("1 draft is kept on this computer");
  expect(await editor.ended).toMatchObject({ exitCode: 0 });
});

test("quitting waits for the disk a while, says so, and ends the editor all the same", async () => {
  const editor = await start();
  await stall();
  editor.type(`${keys.right}8${keys.enter}q`);
  await editor.shows("Waiting 5 s for the disk");
  await editor.shows("1 draft could not be kept: ");
  expect(await editor.ended).toMatchObject({ signal: 15 });
});

test("drafts that cannot be brought back stay on disk, and the next editor brings them back", async () => {
  const first = await start();
  first.type(`${keys.right}8${keys.enter}q`);
  await first.ended;
  const editor = startOnDisk();
  await editor.shows("1 draft from");
  await stall("rename");
  editor.type(keys.enter);
  await editor.shows("1 cannot be brought back now: the disk does not respond. It stays on disk.");
  // It can be asked for again.
  expect(editor.screen()).toContain("1 draft from");
  await respond();
  editor.type("q");
  await editor.ended;
  const next = fixture.start();
  await next.shows("1 draft from");
  expect(next.screen()).toContain("341 →             8");
});
