import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Terminal } from "@tooling/terminal";
import { expect, test } from "vitest";
import { respondAsLog } from "./change-log.ts";
import { keys, useEditorFixture } from "./editor-fixture.ts";
import { loggedChange } from "./logged-change.ts";
import { sampleId } from "./sample-apps.ts";
import { until } from "./until.ts";

const fixture = useEditorFixture();
const google = sampleId(0);

/** The editor with failed devices of the first app, 341, edited. */
async function startWithEdit(typed = "8"): Promise<Terminal> {
  const editor = fixture.start();
  await editor.shows("13 apps");
  editor.type(`${keys.right}${typed}${keys.enter}`);
  await editor.shows("review (1)");
  await until(async () => (await drafts()).some(([, text]) => text.includes('"edits":{"failedDeviceCount"')));
  return editor;
}

async function mode(path: string): Promise<number> {
  return (await stat(path)).mode & 0o777;
}

async function kill(editor: Terminal): Promise<void> {
  editor.signal("SIGKILL");
  await editor.ended;
}

/** The text of each draft, by the name of its file. */
async function drafts(): Promise<readonly (readonly [string, string])[]> {
  const folder = join(fixture.folder(), "install-summary", "drafts");
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const files = names.filter((name) => name.endsWith(".json") && !name.startsWith("sessions"));
  const texts = await Promise.all(
    files.map(async (name) => {
      // A draft may be sent or thrown away between the two readings.
      const text = await readFile(join(folder, name), "utf8").catch(() => undefined);
      return text === undefined ? [] : [[name, text] as const];
    }),
  );
  return texts.flat();
}

function patches(): readonly unknown[] {
  return fixture.server.requests.filter(({ method }) => method === "PATCH");
}

test("what was staged when the editor was killed comes back with Enter, and can be sent", async () => {
  await kill(await startWithEdit());
  const editor = fixture.start();
  await editor.shows(/1 draft from \d+:\d\d on this computer/);
  await editor.shows("1 line    version 1 still");
  await editor.shows("341 →             8");
  editor.type(keys.enter);
  await editor.shows("1 draft is staged again; s shows what would be sent.");
  editor.type("s");
  await editor.shows("Send 1 change to 1 app?");
  editor.type("y");
  await editor.shows("1 → 2  failed devices 8");
  expect(fixture.server.current(google)).toMatchObject({ version: 2, summary: { failedDeviceCount: 8 } });
  editor.type("q");
  expect(await editor.ended).toMatchObject({ exitCode: 0 });
  expect(await drafts()).toEqual([]);
});

test("a draft belongs to its user alone, and never has the token", async () => {
  const editor = await startWithEdit();
  const [[name, text] = ["", ""]] = await drafts();
  expect(text).not.toContain(fixture.server.token);
  expect(JSON.parse(text)).toMatchObject({
    format: 1,
    url: fixture.server.url,
    appId: google,
    base: { etag: 'W/"1"', counters: { failedDeviceCount: 341 } },
    edits: { failedDeviceCount: 8 },
    pending: null,
  });
  const folder = join(fixture.folder(), "install-summary", "drafts");
  // Windows has no modes: there the folder is the user's own.
  const [file, inner, outer] = await Promise.all(
    [join(folder, name), join(folder, name, ".."), folder].map(mode),
  );
  expect(process.platform === "win32" ? [0o600, 0o700, 0o700] : [file, inner, outer]).toEqual([
    0o600, 0o700, 0o700,
  ]);
  editor.type("u");
  await editor.shows("Undone: failed devices.");
  editor.type("q");
  await editor.ended;
  expect(await drafts()).toEqual([]);
});

test("n leaves drafts for the next start, and x throws one away after a question", async () => {
  await kill(await startWithEdit());
  const editor = fixture.start();
  await editor.shows("1 draft from");
  editor.type("n");
  await editor.shows("1 draft stays on disk: the next start offers it.");
  editor.type("q");
  await editor.ended;
  const next = fixture.start();
  await next.shows("1 draft from");
  next.type("x");
  await next.shows("away?");
  next.type("y");
  await next.shows("1 draft was thrown away.");
  next.type("q");
  await next.ended;
  expect(await drafts()).toEqual([]);
});

test("two editors at once: each keeps its own, one sees that the other edits, and the server decides", async () => {
  const one = await startWithEdit("8");
  const other = fixture.start();
  await other.shows("13 apps");
  // Nothing is offered of an editor that runs.
  expect(other.screen()).not.toContain("draft");
  other.type(`${keys.right}9${keys.enter}`);
  await other.shows("also edited in another terminal");
  // The screen does not wait for the disk.
  await until(async () => (await drafts()).length === 2);
  one.type("sy");
  await one.shows("1 → 2  failed devices 8");
  other.type("sy");
  await other.shows("This app has changed");
  await kill(other);
  one.type("q");
  await one.ended;
  expect((await drafts()).map(([, text]) => JSON.parse(text).edits)).toEqual([{ failedDeviceCount: 9 }]);
});

test("of two editors that want one draft, one gets it", async () => {
  await kill(await startWithEdit());
  const editors = [fixture.start(), fixture.start()];
  for (const editor of editors) await editor.shows("1 draft from");
  for (const editor of editors) editor.type(keys.enter);
  for (const editor of editors) await editor.shows(/1 draft is staged again|1 is gone: another terminal/);
  expect(editors.filter((editor) => editor.screen().includes("staged again"))).toHaveLength(1);
  await until(async () => (await drafts()).length === 1);
});

test("of two editors one throws a draft away: the other says that it is gone, whatever it wants to do with it", async () => {
  for (const wanted of [keys.enter, "x"]) {
    await kill(await startWithEdit());
    const [one, other] = [fixture.start(), fixture.start()];
    for (const editor of [one, other]) await editor.shows("1 draft from");
    one.type("x");
    await one.shows("away?");
    one.type("y");
    await one.shows("1 draft was thrown away.");
    other.type(wanted);
    if (wanted === "x") {
      await other.shows("away?");
      other.type("y");
    }
    await other.shows("gone: another terminal has brought it back or thrown it away.");
    expect(await drafts()).toEqual([]);
    for (const editor of [one, other]) {
      editor.type("q");
      expect(await editor.ended).toMatchObject({ exitCode: 0 });
    }
  }
});

test("a draft that another editor has brought back is not said to be thrown away, and stays", async () => {
  await kill(await startWithEdit());
  const [one, other] = [fixture.start(), fixture.start()];
  for (const editor of [one, other]) await editor.shows("1 draft from");
  one.type(keys.enter);
  await one.shows("1 draft is staged again");
  other.type("x");
  await other.shows("away?");
  other.type("y");
  await other.shows("1 draft is gone: another terminal has brought it back or thrown it away.");
  expect(await drafts()).toHaveLength(1);
});

test("someone else was faster than a draft: that is shown before it is brought back, and decided right after it", async () => {
  await kill(await startWithEdit());
  fixture.server.change(google, { failedDeviceCount: 300 });
  const change = loggedChange({ appId: google, version: 2, actor: "Grace Hopper" });
  fixture.server.intervene((request) => respondAsLog([change], request));
  const editor = fixture.start();
  await editor.shows(/version 1, now 2 +≠ 1/);
  editor.type(keys.enter);
  await editor.shows(/version 1 → 2 {3}Grace Hopper, 2026-11-2\d \d+:02/);
  await editor.shows("Mine 8 was typed against 341. Theirs is 300.");
  await editor.shows("1 draft is staged again. 1 moved onto what is there now.");
  expect(patches()).toEqual([]);
  editor.type("e9");
  await editor.shows("9▏");
  editor.type(`${keys.enter}${keys.enter}`);
  await editor.shows("Send 1 change to 1 app?");
  editor.type("y");
  await editor.shows("2 → 3  failed devices 9");
});

test("two editors look at a draft that was sent: nothing is taken, renamed or sent by that", async () => {
  const first = await startWithEdit("+100");
  fixture.server.intervene(({ method }) => (method === "PATCH" ? "hangAfter" : undefined));
  first.type("s");
  await first.shows("Send 1 change");
  first.type("y");
  await until(() => fixture.server.current(google)?.version === 2);
  await kill(first);
  const before = await drafts();
  const editors = [fixture.start(), fixture.start()];
  for (const editor of editors) await editor.shows(/sent \d\d:\d\d, values there +\?/);
  expect(await drafts()).toEqual(before);
  expect(patches()).toHaveLength(1);
  for (const editor of editors) editor.type(keys.enter);
  for (const editor of editors)
    await editor.shows(/Counts as applied: version 2 has your values|1 is gone: another terminal/);
  expect(editors.filter((editor) => editor.screen().includes("Counts as applied:"))).toHaveLength(1);
  await until(async () => (await drafts()).length === 0);
});
