import { applyPatch } from "@install-summary/core";
import { expect, test } from "vitest";
import { drawEditor } from "../../test/draw-editor.tsx";
import { driveEditor, small, usual, type EditorDriver } from "../../test/editor-driver.ts";
import { responded, timedOut } from "../../test/failures.ts";
import { loggedChange } from "../../test/logged-change.ts";
import { listedApp, sampleId } from "../../test/sample-apps.ts";
import type { SendItem } from "./model/sending.ts";

const apps = Array.from({ length: 30 }, (_, index) =>
  listedApp(index, `App ${String(index).padStart(2, "0")}`, { failedDeviceCount: 16 }),
);

/** The editor with failed devices of the first `count` apps set to 8, and in the review. */
function reviewOf(count: number): EditorDriver {
  const editor = driveEditor(apps);
  for (let index = 0; index < count; index += 1) editor.press("right", "8", "enter", "up", "escape", "down");
  editor.press("s");
  editor.effects();
  return editor;
}

function statuses(editor: EditorDriver): readonly SendItem["status"]["kind"][] {
  const { screen } = editor.state();
  if (screen.name !== "sending" && screen.name !== "results") return [];
  return screen.sending.items.map((item) => item.status.kind);
}

function acknowledge(editor: EditorDriver, index: number): void {
  const app = listedApp(index);
  const summary = applyPatch(app.installSummary, { failedDeviceCount: 8 });
  editor.happen({ kind: "patchAcknowledged", appId: app.id, summary, etag: 'W/"8"' });
}

/** The effect that reads an app to find out what became of its change. */
function look(index: number): object {
  const clientRequestId = `5e551011-0000-4000-8000-${String(index + 1).padStart(12, "0")}`;
  const sent = { ifMatch: 'W/"7"', clientRequestId, patch: { failedDeviceCount: 8 } };
  return { kind: "readApp", purpose: "look", appId: sampleId(index), askedAt: expect.any(Number), sent };
}

test("y sends each app alone, guarded by its own version, four at a time", () => {
  const editor = reviewOf(6);
  editor.press("y");
  const first = editor.effects();
  expect(first).toHaveLength(4);
  expect(first[0]).toEqual({
    kind: "sendPatch",
    origin: "editor",
    appId: sampleId(0),
    patch: { failedDeviceCount: 8 },
    ifMatch: 'W/"7"',
    clientRequestId: "5e551011-0000-4000-8000-000000000001",
  });
  acknowledge(editor, 1);
  expect(editor.effects()).toMatchObject([{ kind: "sendPatch", appId: sampleId(4) }]);
  for (const index of [0, 2, 3, 4, 5]) acknowledge(editor, index);
  expect(editor.state().screen.name).toBe("results");
  expect(editor.state().staging.apps.size).toBe(0);
});

test("the results say how many apps stay staged beside what was sent, and not that it is still sent", () => {
  const editor = reviewOf(3);
  editor.press("home", " ", "y", "x");
  expect(editor.state().notice?.text).toContain("Sending:");
  for (const index of [1, 2]) acknowledge(editor, index);
  const [title] = drawEditor(editor.state());
  expect(title).toMatch(/^ 2 sent +1 of 2 · 1 app stays staged *$/);
  expect(editor.state().notice).toBeUndefined();
});

test("what was acknowledged is in the list at once, and no row moves", () => {
  const editor = reviewOf(1);
  const { rows } = editor.state().list;
  editor.press("y");
  acknowledge(editor, 0);
  const { list } = editor.state();
  expect(list.rows).toEqual(rows);
  expect(list.apps[0]).toMatchObject({ etag: 'W/"8"', installSummary: { failedDeviceCount: 8 } });
});

test("an app that is left out is not sent and stays staged", () => {
  const editor = reviewOf(2);
  editor.press(" ", "y");
  expect(editor.effects()).toHaveLength(1);
  expect(editor.state().staging.apps.size).toBe(2);
});

test("where every app is left out y is not offered, and says why", () => {
  const editor = reviewOf(1);
  editor.press(" ");
  const [footer] = drawEditor(editor.state()).slice(-1);
  expect(footer).toMatch(/^ Space take it in /);
  expect(footer).not.toContain(" y ");
  editor.press("y");
  expect(editor.effects()).toEqual([]);
  expect(editor.state().notice?.text).toBe("Every app is left out: Space takes one in.");
});

test.each([usual, small])(
  "on an app that is left out the footer names Space, and not what drops it: %j",
  (size) => {
    const editor = reviewOf(2);
    editor.happen({ kind: "resized", size });
    const footer = (): string => drawEditor(editor.state()).at(-1) ?? "";
    expect(footer()).toContain("d drop");
    editor.press(" ");
    expect(footer()).toMatch(/^ y send 1 {2}Space take it in /);
    expect(footer()).not.toContain("d drop");
  },
);

test("over twenty apps are sent only after their number was typed", () => {
  const editor = reviewOf(21);
  editor.press("y", "2", "enter");
  expect(editor.effects()).toEqual([]);
  expect(editor.state().notice?.text).toBe("Not sent: 2 is not 21. y asks again.");
  editor.press("y", "enter");
  expect(editor.state().notice?.text).toBe("Not sent: no number. y asks again.");
  // What is to be done next is not cut, however narrow the screen is.
  editor.happen({ kind: "resized", size: small });
  editor.press("y", "9", "9", "9", "9", "9", "9", "enter");
  expect(drawEditor(editor.state()).join(" ").replaceAll(/\s+/g, " ")).toContain(
    "Not sent: 999999 is not 21. y asks again.",
  );
  editor.press("y", "2", "1", "enter");
  expect(editor.effects()).toHaveLength(4);
});

test("412: everything stays staged, and the current version is read and named", () => {
  const editor = reviewOf(1);
  editor.press("y");
  editor.effects();
  editor.happen({ kind: "patchFailed", appId: sampleId(0), failure: responded(412) });
  expect(editor.effects()).toEqual([look(0)]);
  const current = listedApp(0, "App 00", { failedDeviceCount: 99 }, 'W/"9"');
  editor.read("look", current);
  expect(statuses(editor)).toEqual(["conflict"]);
  const staged = editor.state().staging.apps.get(sampleId(0));
  expect(staged).toMatchObject({ app: { etag: 'W/"7"' }, edits: { failedDeviceCount: 8 } });

  editor.press("R");
  editor.read("refresh", current);
  expect(editor.state().screen).toMatchObject({ name: "conflict", line: { appId: sampleId(0) } });
  editor.press("m", "s");
  expect(editor.state().screen).toMatchObject({ name: "review", line: { appId: sampleId(0) } });
  editor.press("y");
  expect(editor.effects().at(-1)).toMatchObject({
    kind: "sendPatch",
    patch: { failedDeviceCount: 8 },
    ifMatch: 'W/"9"',
  });
});

test.each([
  ['W/"9"', "changed meanwhile, still staged"],
  ['W/"7"', "refused (412), still staged"],
])("412, and %s there while others are sent: %s", (etag, words) => {
  const editor = reviewOf(2);
  editor.press("y");
  editor.happen({ kind: "patchFailed", appId: sampleId(0), failure: responded(412) });
  editor.read("look", listedApp(0, "App 00", { failedDeviceCount: 16 }, etag));
  expect(editor.state().screen.name).toBe("sending");
  expect(drawEditor(editor.state()).join("\n")).toContain(words);
});

test("s in the results opens the review on the app of the line, where it is still staged", () => {
  const editor = reviewOf(2);
  editor.press("y");
  editor.happen({ kind: "patchFailed", appId: sampleId(0), failure: responded(400) });
  editor.happen({ kind: "patchFailed", appId: sampleId(1), failure: responded(400) });
  editor.press("down", "s");
  expect(editor.state().screen).toMatchObject({ name: "review", line: { appId: sampleId(1) } });
});

test("412 for values that are there already: nothing is left to send, and nothing is ours to undo", () => {
  const editor = reviewOf(1);
  editor.press("y");
  editor.happen({ kind: "patchFailed", appId: sampleId(0), failure: responded(412) });
  const current = listedApp(0, "App 00", { failedDeviceCount: 8 }, 'W/"9"');
  editor.read("look", current);
  expect(statuses(editor)).toEqual(["sent"]);
  expect(editor.state().staging.apps.size).toBe(0);
  editor.press("c");
  expect(editor.state().notice?.text).toBe("No change was applied: there is nothing to undo.");
});

test.each([400, 401, 403, 404])("%i keeps the edits staged", (status) => {
  const editor = reviewOf(1);
  editor.press("y");
  editor.happen({ kind: "patchFailed", appId: sampleId(0), failure: responded(status) });
  expect(statuses(editor)).toEqual(["refused"]);
  expect(editor.state().staging.apps.size).toBe(1);
});

test("a refused token stops all: nothing more is sent", () => {
  const editor = reviewOf(6);
  editor.press("y");
  editor.effects();
  editor.happen({ kind: "patchFailed", appId: sampleId(0), failure: responded(401) });
  expect(editor.effects()).toEqual([]);
  for (const index of [1, 2, 3]) acknowledge(editor, index);
  expect(statuses(editor)).toEqual(["refused", "sent", "sent", "sent", "stopped", "stopped"]);
});

test("429 waits as long as the server asks, and sends the same again", () => {
  const editor = reviewOf(1);
  editor.press("y");
  const [sent] = editor.effects();
  editor.happen({ kind: "patchFailed", appId: sampleId(0), failure: responded(429, { retryAfter: 20 }) });
  editor.wait(19);
  expect(editor.effects()).toEqual([]);
  editor.wait(1);
  expect(editor.effects()).toEqual([sent]);
  acknowledge(editor, 0);
  expect(statuses(editor)).toEqual(["sent"]);
});

test("while the server asks to wait nothing else starts, and Esc ends the waiting", () => {
  const editor = reviewOf(6);
  editor.press("y");
  editor.effects();
  editor.happen({ kind: "patchFailed", appId: sampleId(0), failure: responded(429, { retryAfter: 20 }) });
  acknowledge(editor, 1);
  expect(editor.effects()).toEqual([]);
  editor.press("escape");
  acknowledge(editor, 2);
  acknowledge(editor, 3);
  expect(statuses(editor)).toEqual(["stopped", "sent", "sent", "sent", "stopped", "stopped"]);
});

test("a server that stays busy is asked five times; a 503 is then looked up, a 429 is refused", () => {
  for (const [status, end] of [
    [429, "refused"],
    [503, "running"],
  ] as const) {
    const editor = reviewOf(1);
    editor.press("y");
    for (let tries = 0; tries < 5; tries += 1) {
      editor.happen({ kind: "patchFailed", appId: sampleId(0), failure: responded(status) });
      editor.wait(30);
    }
    const sent = editor.effects().filter(({ kind }) => kind === "sendPatch");
    expect(sent).toHaveLength(5);
    expect(statuses(editor)).toEqual([end]);
  }
});

test("after a lost response the app is read again: applied", () => {
  const editor = reviewOf(1);
  editor.press("y");
  editor.effects();
  editor.happen({ kind: "patchFailed", appId: sampleId(0), failure: timedOut });
  expect(editor.effects()).toEqual([]);
  editor.wait(1);
  expect(editor.effects()).toEqual([look(0)]);
  const current = listedApp(0, "App 00", { failedDeviceCount: 8 }, 'W/"8"');
  editor.read("look", current);
  expect(statuses(editor)).toEqual(["sent"]);
});

test("after a lost response the app is read again: not applied so far", () => {
  const editor = reviewOf(1);
  editor.press("y");
  editor.happen({ kind: "patchFailed", appId: sampleId(0), failure: responded(504) });
  editor.wait(1);
  editor.read("look", listedApp(0));
  expect(statuses(editor)).toEqual(["notApplied"]);
  expect(editor.state().staging.apps.size).toBe(1);
});

test("after a lost response the app is read again: other values are there", () => {
  const editor = reviewOf(1);
  editor.press("y");
  editor.happen({ kind: "patchFailed", appId: sampleId(0), failure: timedOut });
  editor.wait(1);
  const current = listedApp(0, "App 00", { installedDeviceCount: 350 }, 'W/"9"');
  editor.read("look", current);
  expect(statuses(editor)).toEqual(["overtaken"]);
  expect(editor.state().staging.apps.size).toBe(1);
});

test("an app that cannot be read again after 1, 2, 4 and 8 seconds stays staged, and its outcome unknown", () => {
  const editor = reviewOf(1);
  editor.press("y");
  editor.effects();
  editor.happen({ kind: "patchFailed", appId: sampleId(0), failure: timedOut });
  for (const seconds of [1, 2, 4, 8]) {
    editor.wait(seconds - 0.5);
    expect(editor.effects()).toEqual([]);
    editor.wait(0.5);
    expect(editor.effects()).toHaveLength(1);
    editor.happen({ kind: "readFailed", purpose: "look", appId: sampleId(0), failure: timedOut });
  }
  expect(statuses(editor)).toEqual(["unknown"]);
  expect(editor.state().staging.apps.size).toBe(1);
});

test("what was sent can be copied as commands that undo it", () => {
  const editor = reviewOf(1);
  editor.press("y");
  acknowledge(editor, 0);
  editor.press("c");
  expect(editor.effects().at(-1)).toEqual({
    kind: "copy",
    text: `install-summary set ${sampleId(0)} failed=16 --if-match 'W/"8"'`,
  });
  expect(editor.state().screen.name).toBe("copied");
  editor.press("escape");
  expect(editor.state().screen.name).toBe("results");
});

test("c copies a report of what did not go through, without a token, and C what undoes the rest", () => {
  const editor = reviewOf(3);
  editor.press("y");
  acknowledge(editor, 0);
  const failure = responded(403, { message: "No scope.", requestId: "77ab-02" });
  editor.happen({ kind: "patchFailed", appId: sampleId(1), failure });
  editor.happen({ kind: "patchFailed", appId: sampleId(2), failure: responded(412) });
  editor.read("look", listedApp(2, "App 02", { failedDeviceCount: 9 }, 'W/"9"'));
  editor.press("c");
  expect(editor.effects().at(-1)).toEqual({
    kind: "copy",
    text: [
      "2 of 3 changes were not sent, or not confirmed",
      "at 1970-01-01T00:16:40.000Z",
      "to http://127.0.0.1:8420/beta",
      "",
      "App 01 · Android (00000000): refused",
      `id ${sampleId(1)}`,
      'change {"failedDeviceCount":8}',
      'on version W/"7"',
      failure.sentence,
      "request-id 77ab-02",
      "client-request-id 5e551011-0000-4000-8000-000000000002",
      "",
      "App 02 · iOS (00000000): changed meanwhile",
      `id ${sampleId(2)}`,
      'change {"failedDeviceCount":8}',
      'on version W/"7"',
      responded(412).sentence,
      ...(responded(412).requestId === undefined ? [] : [`request-id ${responded(412).requestId}`]),
      "client-request-id 5e551011-0000-4000-8000-000000000003",
    ].join("\n"),
  });
  expect(drawEditor(editor.state()).join("\n")).toContain("Copied: what did not go through.");
  editor.press("escape", "C");
  expect(editor.effects().at(-1)).toMatchObject({
    kind: "copy",
    text: expect.stringMatching(/^install-summary set 0{8}-\S+ failed=16 --if-match/),
  });
});

test.each([
  ["posix", "'W/\"8\"'; \\\n"],
  ["powershell", "8; `\n"],
] as const)("the commands that undo are one line to a shell (%s)", (shell, end) => {
  const editor = driveEditor(apps, usual, { shell });
  for (const _ of [0, 1]) editor.press("right", "8", "enter", "escape", "down");
  editor.press("s", "y");
  acknowledge(editor, 0);
  acknowledge(editor, 1);
  editor.press("C");
  const [copied] = editor.effects().slice(-1);
  const text = copied?.kind === "copy" ? copied.text : "";
  expect(text.split(end).map((row) => row.slice(0, 19))).toEqual(Array(2).fill("install-summary set"));
});

test("the commands that undo name the server and call the program as its launcher says", () => {
  const place = { baseUrl: "http://127.0.0.1:9999/beta", program: "npx -y pnpm@12 tui" };
  const editor = driveEditor(apps, usual, place);
  editor.press("right", "8", "enter", "s", "y");
  acknowledge(editor, 0);
  editor.press("c");
  expect(drawEditor(editor.state())[0]).toBe(" Copied: the command that undoes the sent change.");
  expect(editor.effects().at(-1)).toEqual({
    kind: "copy",
    text: `INSTALL_SUMMARY_URL='${place.baseUrl}' ${place.program} set ${sampleId(0)} failed=16 --if-match 'W/"8"' --profile none`,
  });
});

test("R in the results leaves what was sent as sent, with its undo command", () => {
  const editor = reviewOf(1);
  editor.press("y");
  acknowledge(editor, 0);
  for (const failedDeviceCount of [8, 3]) {
    editor.press("R");
    editor.read("refresh", listedApp(0, "App 00", { failedDeviceCount }, `W/"${17 - failedDeviceCount}"`));
    expect(statuses(editor)).toEqual(["sent"]);
  }
  editor.press("c");
  expect(editor.effects().at(-1)).toMatchObject({
    kind: "copy",
    text: expect.stringContaining(`${sampleId(0)} failed=16 --if-match 'W/"8"'`),
  });
});

test("R in the results reads all that must be read before s can send it, also what was not sent with these", () => {
  const editor = reviewOf(3);
  editor.press(" ", "y");
  for (const index of [1, 2]) {
    editor.happen({ kind: "patchFailed", appId: sampleId(index), failure: responded(412) });
    editor.read("look", listedApp(index, "App", { failedUserCount: 9 }, 'W/"9"'));
  }
  expect(statuses(editor)).toEqual(["conflict", "conflict"]);
  const change = loggedChange({ appId: sampleId(0), version: 8, after: { failedUserCount: 9 } });
  editor.happen({ kind: "followed", followed: { kind: "changes", changes: [change], areNew: true } });
  editor.effects();
  expect(drawEditor(editor.state()).at(-1)).toContain("R read all 3 again");
  editor.press("R");
  const ids = editor.effects().map((effect) => (effect.kind === "readApp" ? effect.appId : ""));
  expect(ids.toSorted()).toEqual([0, 1, 2].map(sampleId));
});

test("a refused change whose values are there when it is read again is not said to be staged", () => {
  const editor = reviewOf(1);
  editor.press("y");
  editor.happen({
    kind: "patchFailed",
    appId: sampleId(0),
    failure: responded(403, { message: "No scope." }),
  });
  editor.press("R");
  editor.read("refresh", listedApp(0, "App 00", { failedDeviceCount: 8 }, 'W/"9"'));
  expect(editor.state().staging.apps.size).toBe(0);
  const text = drawEditor(editor.state()).join("");
  expect(text.replaceAll(/ +/g, " ")).toContain(
    "This app has changed: these values are there, and nothing is left to send.",
  );
  expect(text).not.toContain("still staged");
  editor.press("c");
  expect(editor.state().notice?.text).toBe("No change was applied: there is nothing to undo.");
});

test("a service that is read-only is not told to be a matter of the token", () => {
  const editor = reviewOf(1);
  editor.press("y");
  const message = "The service is read-only.";
  const failure = responded(403, { message, innerCode: "serviceReadOnly" });
  editor.happen({ kind: "patchFailed", appId: sampleId(0), failure });
  const text = drawEditor(editor.state()).join("\n");
  expect(text).toContain("Still staged. When the service takes changes again, s sends it.");
  expect(text).not.toContain("token");
});

test("a token that was given after a 401 is not said to be refused before it was tried", () => {
  const editor = reviewOf(1);
  const text = (): string => drawEditor(editor.state()).join("\n");
  editor.press("y");
  editor.happen({ kind: "patchFailed", appId: sampleId(0), failure: responded(401) });
  expect(text()).toContain("t takes a new token");
  editor.press("t");
  editor.type("aaa.bbb.ccc");
  editor.press("enter");
  expect(text()).toContain("Still staged; s sends it again.");
  expect(text()).not.toContain("refused: t takes");
  editor.press("s", "y");
  editor.happen({ kind: "patchFailed", appId: sampleId(0), failure: responded(401) });
  expect(text()).toContain("The token that you gave was refused: t takes another one.");
});
