import type { InstallSummaryPatch } from "@install-summary/core";
import { expect, test } from "vitest";
import { drawEditor } from "../../test/draw-editor.tsx";
import { driveEditor, type EditorDriver } from "../../test/editor-driver.ts";
import { responded, timedOut } from "../../test/failures.ts";
import { listedApp, sampleId } from "../../test/sample-apps.ts";
import { requestsOf } from "./model/review.ts";
import type { KnownApp } from "../words/known-app.ts";

// Apps that others have changed while edits of them are staged.

const apps = [0, 1, 2].map((index) => listedApp(index, `App 0${index}`, { failedDeviceCount: 40 - index }));

/** An editor with one edit of failed devices for each of the three apps. */
function stagedEditor(): EditorDriver {
  const editor = driveEditor(apps);
  for (const typed of ["35", "+2", "30"]) {
    editor.press("right");
    editor.type(typed);
    editor.press("enter", "escape", "down");
  }
  return editor;
}

const changed = (index: number, patch: InstallSummaryPatch): KnownApp =>
  listedApp(index, `App 0${index}`, { failedDeviceCount: 40 - index, ...patch }, 'W/"9"');

/** The apps as others have made them: the first in the same counter, the second in another one. */
const theirs = [
  changed(0, { failedDeviceCount: 38 }),
  changed(1, { pendingInstallUserCount: 7 }),
  ...apps.slice(2),
];

function readList(editor: EditorDriver, read: readonly KnownApp[]): void {
  const { generation } = editor.state().list;
  editor.happen({ kind: "pageLoaded", generation, apps: read, count: read.length });
  editor.happen({ kind: "listLoaded", generation });
}

function rowsOf(editor: EditorDriver): readonly string[] {
  return drawEditor(editor.state()).map((row) => row.trimEnd());
}

test("R in the list moves all staged edits onto what others have made, and asks where both changed a counter", () => {
  const editor = stagedEditor();
  editor.press("R");
  readList(editor, theirs);
  expect(editor.state().notice).toMatchObject({
    tone: "plain",
    text: "2 staged apps changed meanwhile, edits kept: App 00 · Windows, App 01 · Android.",
  });
  expect(requestsOf(editor.state()).map(({ app }) => app.id)).toEqual([sampleId(1), sampleId(2)]);
  expect(rowsOf(editor)[0]).toContain("2 of these apps have changed");
  editor.press("enter");
  expect(editor.state().notice?.text).toBe("1 line is open: m keeps yours, t takes theirs.");
  editor.press("m", "enter");
  expect(requestsOf(editor.state()).map(({ app, patch }) => [app.etag, patch])).toEqual([
    ['W/"9"', { failedDeviceCount: 35 }],
    ['W/"9"', { failedDeviceCount: 41 }],
    ['W/"7"', { failedDeviceCount: 30 }],
  ]);
  expect(rowsOf(editor)[0]).toMatch(/^ Send 3 changes to 3 apps\? .*line \d of 3$/);
});

test("until a counter that both changed is decided its app is not sent, and Enter in the review leads there", () => {
  const editor = stagedEditor();
  editor.press("R");
  readList(editor, theirs);
  editor.press("escape", "s", "g");
  const rows = rowsOf(editor);
  expect(rows[0]).toMatch(/^ Send 2 changes to 2 apps\? .*1 ≠ · .*line \d of 3$/);
  expect(rows).toContain("     ≠ it has changed from 40 to 38: not sent until you decide");
  expect(rows.at(-1)).toMatch(/^ y send 2 {2}⏎ decide {2}/);
  editor.press("enter", "t");
  expect(editor.state().staging.apps.has(sampleId(0))).toBe(false);
  editor.press("u");
  expect(editor.state().staging.apps.get(sampleId(0))).toMatchObject({
    edits: { failedDeviceCount: 35 },
    contested: { failedDeviceCount: 40 },
  });
  editor.press("3", "3", "enter", "enter");
  expect(requestsOf(editor.state()).map(({ patch }) => patch.failedDeviceCount)).toEqual([41, 30, 33]);
});

test("M and T decide all of an app, n goes to the next open line, and an amount is counted again", () => {
  const editor = driveEditor(apps);
  editor.press(
    "right",
    "8",
    "enter",
    "7",
    "enter",
    "escape",
    "down",
    "right",
    "9",
    "enter",
    "+",
    "5",
    "enter",
  );
  const both = { failedDeviceCount: 20, notApplicableDeviceCount: 300 };
  editor.press("escape", "R");
  readList(editor, [changed(0, both), changed(1, both), ...apps.slice(2)]);
  expect(rowsOf(editor)[0]).toContain("3 lines to decide");
  editor.press("M");
  expect(rowsOf(editor)[0]).toContain("1 line to decide");
  editor.press("g", "n");
  expect(editor.state().screen).toMatchObject({ line: { appId: sampleId(1), counter: "failedDeviceCount" } });
  editor.press("T");
  expect(rowsOf(editor).join("\n")).toMatch(/≈ Not applicable devices +272 +300 +\+5 +305/);
  editor.press("s");
  expect(requestsOf(editor.state()).map(({ patch }) => patch)).toEqual([
    { failedDeviceCount: 8, notApplicableDeviceCount: 7 },
    { notApplicableDeviceCount: 305 },
  ]);
});

test("a number that is refused stays in the table to be corrected, and Esc drops it", () => {
  const editor = stagedEditor();
  editor.press("R");
  readList(editor, theirs);
  editor.press("-", "9", "9", "enter");
  expect(editor.state().notice).toMatchObject({
    tone: "wrong",
    text: "Not staged: 38 − 99 is below 0. Esc drops it.",
  });
  expect(rowsOf(editor).join("\n")).toContain("-99▏");
  editor.press("escape");
  expect(requestsOf(editor.state())).toHaveLength(2);
});

test.each([
  [1, "The values are there already, as version 9: nothing is left to send. (App 00 · Windows (00000000))"],
  [
    2,
    "1 staged app changed meanwhile, edits kept; 1 app has your values already: App 01 · Android, App 00 · Windows.",
  ],
])("R in the list says where others have set the same values, of %i changed apps", (count, text) => {
  const editor = stagedEditor();
  editor.press("R");
  const same = changed(0, { failedDeviceCount: 35 });
  readList(editor, count === 1 ? [same, ...apps.slice(1)] : [same, ...theirs.slice(1)]);
  expect(editor.state().notice?.text).toBe(text);
  expect(editor.state().staging.apps.has(sampleId(0))).toBe(false);
});

test("a counter that others have changed too is odd until it is typed anew", () => {
  const editor = stagedEditor();
  editor.press("R");
  readList(editor, theirs);
  editor.press("escape", "s", "G", "n");
  expect(editor.state().screen).toMatchObject({ line: { appId: sampleId(0), counter: "failedDeviceCount" } });
  editor.press("e", "ctrl-u");
  editor.type("34");
  editor.press("enter", "s");
  expect(rowsOf(editor).join("\n")).not.toContain("it has changed");
});

test("a counter that is to be decided is decided once others have set the same value", () => {
  const editor = driveEditor(apps);
  editor.press("right", "8", "enter", "7", "enter", "escape", "R");
  const both = changed(0, { failedDeviceCount: 20 });
  readList(editor, [both, ...apps.slice(1)]);
  expect(rowsOf(editor)[0]).toContain("1 line to decide");
  editor.read("refresh", { ...changed(0, { failedDeviceCount: 8 }), etag: 'W/"10"' });
  expect(rowsOf(editor)[0]).toContain("all decided");
  editor.press("enter");
  expect(requestsOf(editor.state()).map(({ app, patch }) => [app.etag, patch])).toEqual([
    ['W/"10"', { notApplicableDeviceCount: 7 }],
  ]);
});

/** An editor whose list was read again by itself: edits stay on the version that they were typed on. */
function staleEditor(read: readonly KnownApp[]): EditorDriver {
  const editor = stagedEditor();
  editor.press("R");
  const { generation } = editor.state().list;
  editor.happen({ kind: "listFailed", generation, failure: timedOut });
  editor.wait(2);
  readList(editor, read);
  return editor;
}

test("a list that reads itself again moves no edit; the review sends only what can succeed until R moves them", () => {
  const editor = staleEditor(theirs);
  expect(editor.state().staging.apps.get(sampleId(0))?.app.etag).toBe('W/"7"');
  editor.effects();
  editor.press("s");
  const rows = rowsOf(editor);
  expect(rows[0]).toMatch(/^ Send 1 change to 1 app\? .*2 ≠/);
  expect(rows).toContain("     ≠ version 9 is there now: not sent until R reads it again");
  expect(rows.at(-1)).toContain("y send 1");
  editor.press("R");
  expect(editor.effects().flatMap((effect) => (effect.kind === "readApp" ? [effect.appId] : []))).toEqual([
    sampleId(0),
    sampleId(1),
  ]);
  for (const app of theirs.slice(0, 2)) editor.read("refresh", app);
  editor.press("m", "enter");
  expect(rowsOf(editor)[0]).toContain("Send 3 changes to 3 apps?");
  editor.press("y");
  const sent = editor.effects().flatMap((effect) => (effect.kind === "sendPatch" ? [effect.ifMatch] : []));
  expect(sent).toEqual(['W/"9"', 'W/"9"', 'W/"7"']);
});

test("R in the review says how many apps it moved and which; one that could not be read comes first", () => {
  const editor = staleEditor(theirs);
  editor.press("s", "R");
  editor.read("refresh", changed(0, { failedDeviceCount: 38 }));
  expect(editor.state().notice?.text).toBe(
    "Read again: version 9; failed devices changed. Your edits are kept. (App 00 · Windows (00000000))",
  );
  editor.read("refresh", changed(1, { pendingInstallUserCount: 7 }));
  expect(editor.state().notice).toMatchObject({
    tone: "plain",
    text: "2 staged apps changed meanwhile, edits kept: App 00 · Windows, App 01 · Android.",
  });
  const failure = responded(404, { message: "No mobile app with that id exists." });
  editor.happen({ kind: "readFailed", purpose: "refresh", appId: sampleId(2), failure });
  expect(editor.state().notice).toEqual({
    tone: "wrong",
    text: "1 app not read; 2 staged apps changed meanwhile, edits kept: App 02 · iOS, App 00 · Windows, App 01 · Android. Gone (404): No mobile app with that id exists.",
  });
  // What the person asks for next is told anew.
  editor.press("escape", "escape", "right", "R");
  editor.read("refresh", changed(1, { pendingInstallUserCount: 7 }));
  expect(editor.state().notice?.text).toMatch(/^Read again: version 9, unchanged\./);
});

test("R of apps that are as they were says so of all", () => {
  const editor = staleEditor(theirs);
  editor.press("s", "R");
  for (const app of apps.slice(0, 2)) editor.read("refresh", app);
  expect(editor.state().notice?.text).toBe("2 apps read again: unchanged.");
});

test("y sends nothing and says why where others have changed every app; R comes first", () => {
  const editor = staleEditor(apps.map((_, index) => changed(index, { failedDeviceCount: 1 })));
  editor.press("s");
  editor.effects();
  expect(rowsOf(editor)[0]).toContain("Nothing to send");
  expect(rowsOf(editor).at(-1)).toContain("R read again first");
  expect(rowsOf(editor).at(-1)).not.toContain("y send");
  editor.press("y");
  expect(editor.effects()).toEqual([]);
  expect(editor.state().notice?.text).toBe(
    "Nothing was sent: these apps were changed meanwhile. R reads them again.",
  );
});

test("the review says when the version was read that a change is based on", () => {
  const editor = stagedEditor();
  editor.press("s");
  const read = new Date(1_000_000).toTimeString().slice(0, 5);
  expect(rowsOf(editor).join("\n")).toContain(`based on version 7, read ${read}`);
  editor.wait(600);
  editor.press("R");
  editor.read("refresh", apps[2] ?? listedApp(2));
  const again = new Date(1_600_000).toTimeString().slice(0, 5);
  expect(rowsOf(editor).join("\n")).toContain(`based on version 7, read ${again}`);
});

test("an app that is gone is told with what to do about it, by where the person is and what is staged of it", () => {
  const failure = responded(404, { message: "No mobile app with that id exists." });
  const told = (editor: EditorDriver): string | undefined => {
    editor.happen({ kind: "readFailed", purpose: "refresh", appId: sampleId(0), failure });
    return editor.state().notice?.text;
  };
  const what = "Not read again. Gone (404): No mobile app with that id exists.";
  expect(told(driveEditor(apps))).toBe(`${what} R on another app takes it off the list.`);
  const editor = stagedEditor();
  expect(told(editor)).toBe(`${what} c copies its edits, D drops them.`);
  editor.press("s");
  expect(told(editor)).toBe(`${what} In the list, c copies its edits and D drops them.`);
});
