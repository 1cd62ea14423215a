import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Terminal } from "@tooling/terminal";
import { afterEach, beforeEach, expect, test } from "vitest";
import { keys, useEditorFixture } from "./editor-fixture.ts";
import { program } from "./run-program.ts";
import { sampleId } from "./sample-apps.ts";
import { mountSmallDisk, type SmallDisk } from "./small-disk.ts";
import { until } from "./until.ts";

// The disk with the drafts refuses what the editor wants of it, after it has taken a draft: that says that it was not sent.

const fixture = useEditorFixture();
const google = sampleId(0);
let disk: SmallDisk | undefined;

beforeEach(async ({ skip }) => {
  disk = await mountSmallDisk(data());
  if (disk === undefined) skip("a small disk cannot be mounted here");
});
afterEach(() => disk?.unmount());

/** The folder of the program's data, which is a disk of its own. */
function data(): string {
  return join(fixture.folder(), "install-summary");
}

/** An editor with failed devices of the first app staged by +100, and that on disk. */
async function startWithDraft(): Promise<Terminal> {
  const editor = fixture.start();
  await editor.shows("13 apps");
  editor.type(`${keys.right}+100${keys.enter}`);
  await editor.shows("review (1)");
  await until(async () => (await drafts()).length === 1);
  return editor;
}

async function drafts(): Promise<readonly string[]> {
  const names = await readdir(join(data(), "drafts"), { recursive: true }).catch(() => []);
  return names.filter((name) => name.endsWith(".json") && !name.startsWith("sessions"));
}

function sent(): number {
  return fixture.server.requests.filter(({ method }) => method === "PATCH").length;
}

/** What the terminal shows, whatever its rows break. */
function joined(editor: Terminal): string {
  return editor.screen().replaceAll("\n", "");
}

async function quit(editor: Terminal): Promise<void> {
  editor.type("q");
  expect(await editor.ended).toMatchObject({ exitCode: 0 });
}

test("read-only: a change whose draft cannot be marked as sent waits for a y that knows, and the end names the draft", async () => {
  const editor = await startWithDraft();
  disk?.setWritable(false);
  editor.type("s");
  await editor.shows("Send 1 change");
  editor.type("y");
  await editor.shows("Its draft on this computer cannot be marked as sent (the disk is read-only)");
  expect(sent()).toBe(0);
  editor.type("s");
  await editor.shows("! its draft on this computer cannot be marked as sent");
  editor.type("y");
  await editor.shows("1 → 2  failed devices 441");
  expect(sent()).toBe(1);
  editor.type("q");
  await editor.shows("Quit? The draft of ");
  editor.type("y");
  expect(await editor.ended).toMatchObject({ exitCode: 0 });
  expect(joined(editor)).toMatch(/The draft of Google .* stays on this computer, though it was sent/);
});

test("read-only and then writable again: nothing is left of a change that was sent, and it counts once", async () => {
  const editor = await startWithDraft();
  disk?.setWritable(false);
  editor.type("s");
  await editor.shows("Send 1 change");
  editor.type("y");
  await editor.shows("Its draft on this computer cannot be marked");
  disk?.setWritable(true);
  editor.type("s");
  await editor.shows("Send 1 change");
  editor.type("y");
  await editor.shows("1 → 2  failed devices 441");
  await quit(editor);
  expect(await drafts()).toEqual([]);
  expect(fixture.server.current(google)).toMatchObject({ version: 2, summary: { failedDeviceCount: 441 } });
});

test("read-only at the start: drafts are offered, and come back once the disk lets them", async () => {
  await quit(await startWithDraft());
  disk?.setWritable(false);
  const editor = fixture.start();
  await editor.shows(/1 draft from \d\d:\d\d on this computer/);
  await editor.shows("They cannot be changed on this computer now: the disk is read-only.");
  expect(editor.screen()).toContain("341 →           441");
  editor.type(keys.enter);
  await editor.shows("1 cannot be brought back now: the disk is read-only. It stays on disk.");
  disk?.setWritable(true);
  editor.type(keys.enter);
  await editor.shows("failed devices 341 → 441 (by +100)");
  await editor.shows("Drafts are kept on this computer again.");
  await quit(editor);
  expect(await drafts()).toHaveLength(1);
});

test("read-only at the start: in plain mode drafts are told too, and stay for the next start", async () => {
  await quit(await startWithDraft());
  disk?.setWritable(false);
  const editor = fixture.start({ args: [program, "--plain"] });
  await editor.shows("1 draft was found on this computer.");
  await editor.shows("They cannot be changed on this computer now: the disk is read-only.");
  editor.type("enter\r");
  await editor.shows("1 cannot be brought back now: the disk is read-only.");
  editor.type("quit\r");
  expect(await editor.ended).toMatchObject({ exitCode: 0 });
  expect(joined(editor)).toContain("1 draft is kept on this computer");
});

test("full: a change is marked as sent where its draft was, so that a killed editor's change counts once", async () => {
  const editor = await startWithDraft();
  await disk?.fill();
  fixture.server.intervene(({ method }) => (method === "PATCH" ? "hangAfter" : undefined));
  editor.type("s");
  await editor.shows("Send 1 change");
  editor.type("y");
  await until(() => fixture.server.current(google)?.version === 2);
  editor.signal("SIGKILL");
  await editor.ended;
  fixture.server.intervene(() => undefined);
  await disk?.empty();
  const next = fixture.start();
  await next.shows(/sent \d\d:\d\d, values there +\?/);
  next.type(keys.enter);
  await next.shows("Counts as applied: version 2 has your values");
  await quit(next);
  expect(await drafts()).toEqual([]);
  expect(fixture.server.current(google)).toMatchObject({ version: 2, summary: { failedDeviceCount: 441 } });
  expect(sent()).toBe(1);
});

test("read-only: in plain mode the same waits for a second yes, and the end names the draft", async () => {
  const editor = fixture.start({ args: [program, "--plain"] });
  await editor.shows("13 apps.");
  editor.type("zoom\r");
  editor.type("failed +100\r");
  await editor.shows("Staged: failed devices");
  await until(async () => (await drafts()).length === 1);
  disk?.setWritable(false);
  editor.type("review\r");
  await editor.shows("Type send");
  editor.type("send\r");
  await editor.shows("Type yes.");
  editor.type("yes\r");
  await editor.shows("not sent, still staged.");
  expect(sent()).toBe(0);
  editor.type("send\r");
  await editor.shows("it is sent all the same");
  editor.type("yes\r");
  await editor.shows("Sent. Version 2.");
  editor.type("quit\r");
  await editor.shows("Quit? The draft of ");
  editor.type("yes\r");
  expect(await editor.ended).toMatchObject({ exitCode: 0 });
  expect(joined(editor)).toMatch(/The draft of Zoom .* stays on this computer, though it was sent/);
});
