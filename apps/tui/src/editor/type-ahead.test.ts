import { expect, test } from "vitest";
import { drawEditor } from "../../test/draw-editor.tsx";
import { driveEditor, driveEmptyEditor, type EditorDriver } from "../../test/editor-driver.ts";
import { responded, timedOut } from "../../test/failures.ts";
import type { FoundDraft } from "../changes/drafts/draft.ts";
import type { Failure } from "../server/failure.ts";
import { listedApp, sampleId } from "../../test/sample-apps.ts";

const apps = ["Acrobat", "Outlook"].map((name, index) =>
  listedApp(index, name, { failedDeviceCount: 9 - index }),
);

function readPage(editor: EditorDriver, page: typeof apps): void {
  const { generation } = editor.state().list;
  editor.happen({ kind: "pageLoaded", generation, apps: page, count: apps.length });
}

function readList(editor: EditorDriver): void {
  readPage(editor, apps);
  editor.happen({ kind: "listLoaded", generation: editor.state().list.generation });
}

const rowsOf = (editor: EditorDriver): readonly string[] =>
  drawEditor(editor.state()).map((row) => row.trimEnd());

function keptBy(editor: EditorDriver): number {
  return editor.state().ahead.length;
}

test("what is typed before the list is there is done in order once all of it is, and sends nothing", () => {
  const editor = driveEmptyEditor();
  editor.type("/outlook");
  editor.press("enter", "right", "4", "enter", "s", "y");
  expect(rowsOf(editor).slice(-2)).toEqual([
    " 5 keys typed: done once the whole list is read.",
    " Ctrl-C drop what was typed",
  ]);
  readPage(editor, apps.slice(0, 1));
  expect(keptBy(editor)).toBe(5);
  readPage(editor, apps.slice(1));
  editor.happen({ kind: "listLoaded", generation: editor.state().list.generation });
  expect(editor.state()).toMatchObject({
    ahead: [],
    screen: { name: "review" },
    notice: { text: "y was typed before this was on the screen: type it again to confirm." },
  });
  expect(editor.state().staging.apps.get(sampleId(1))?.edits).toEqual({ failedDeviceCount: 4 });
  expect(editor.effects().filter(({ kind }) => kind === "sendPatch")).toEqual([]);
  editor.press("y");
  expect(editor.effects().filter(({ kind }) => kind === "sendPatch")).toHaveLength(1);
});

test("keys that need no app are not kept, and q quits while the editor connects", () => {
  const editor = driveEmptyEditor();
  editor.press("?", "escape", "/", "a", "backspace", "enter");
  expect(keptBy(editor)).toBe(0);
  editor.press("q");
  expect(editor.effects()).toContainEqual({ kind: "quit", exitCode: 0 });
});

test("a paste is kept in its place among the keys", () => {
  const editor = driveEmptyEditor();
  editor.press("enter");
  editor.happen({ kind: "paste", text: "41" });
  editor.press("enter");
  readList(editor);
  expect(editor.state().staging.apps.get(sampleId(0))?.edits).toEqual({ failedDeviceCount: 41 });
});

test("what was typed before there was a screen waits for the whole list too; what is typed at rows does not", () => {
  const editor = driveEmptyEditor();
  readPage(editor, apps.slice(0, 1));
  editor.happen({ kind: "key", key: "down", isAhead: true });
  expect(keptBy(editor)).toBe(1);
  const other = driveEmptyEditor();
  readPage(other, apps.slice(0, 1));
  other.press("right");
  expect(other.state().screen.name).toBe("counters");
});

test("Ctrl-C drops what was typed, and quits when it comes again", () => {
  const editor = driveEmptyEditor();
  editor.press("down", "down", "ctrl-c");
  expect(editor.state()).toMatchObject({ ahead: [], notice: { text: "2 keys dropped. Ctrl-C quits." } });
  expect(editor.effects()).toEqual([]);
  editor.press("ctrl-c");
  expect(editor.effects()).toEqual([{ kind: "quit", exitCode: 130 }]);
});

const [app = listedApp(0)] = apps;
const draft: FoundDraft = {
  key: "one",
  savedAt: 1,
  draft: {
    app,
    readAt: 1,
    leftOut: false,
    wasOvertaken: false,
    contested: {},
    edits: { failedDeviceCount: 8 },
    pending: undefined,
  },
};

function failReading(editor: EditorDriver, failure: Failure): void {
  editor.happen({ kind: "listFailed", generation: editor.state().list.generation, failure });
}

test("what is typed while a reading that failed is tried again waits with what was typed before it failed", () => {
  const editor = driveEmptyEditor();
  failReading(editor, responded(502));
  editor.type("/outlook");
  editor.press("enter", "right");
  failReading(editor, timedOut);
  editor.press("+", "5");
  editor.wait(60);
  editor.press("enter");
  expect(rowsOf(editor).slice(-2)).toEqual([
    " 4 keys typed: done once the whole list is read.",
    " Ctrl-C drop what was typed",
  ]);
  readList(editor);
  expect(editor.state()).toMatchObject({ ahead: [], screen: { name: "counters" } });
  expect(editor.state().staging.apps.get(sampleId(1))?.edits).toEqual({ failedDeviceCount: { add: 5 } });
});

test("R and c are for the reading that failed, and not for an app", () => {
  const editor = driveEmptyEditor();
  failReading(editor, responded(502));
  editor.press("c", "escape", "R");
  expect(keptBy(editor)).toBe(0);
  expect(editor.effects().map(({ kind }) => kind)).toEqual(["copy", "loadPages"]);
});

test("what was typed for a list that could not be read, or where drafts are asked about first, is dropped", () => {
  const editor = driveEmptyEditor();
  editor.press("right", "8");
  failReading(editor, timedOut);
  expect(keptBy(editor)).toBe(2);
  editor.wait(60);
  failReading(editor, responded(403));
  expect(editor.state()).toMatchObject({
    ahead: [],
    notice: { text: "2 keys dropped. The list could not be read." },
  });
  const other = driveEmptyEditor();
  other.press("right", "8");
  readPage(other, apps);
  other.happen({ kind: "draftsFound", drafts: [draft], newer: [], broken: [] });
  expect(other.state()).toMatchObject({
    ahead: [],
    screen: { name: "drafts" },
    notice: { text: "2 keys dropped. The drafts come first." },
  });
});

test("no more than the first 1,000 keys are kept", () => {
  const editor = driveEmptyEditor();
  editor.press("right", ...Array.from({ length: 1_200 }, () => "8"));
  expect(keptBy(editor)).toBe(1_000);
  expect(editor.state().notice?.text).toBe("The first 1,000 keys typed: done once the whole list is read.");
  readList(editor);
  expect(editor.state().screen).toMatchObject({ name: "entry" });
});

test.each([
  ["the question whether to drop edits", ["D"], "y"],
  ["the review", ["s"], "y"],
])("%s is confirmed only by a key that came when it was on the screen", (_, opening, key) => {
  const editor = driveEditor(apps);
  editor.press("right", "8", "enter", "escape", ...opening);
  const before = editor.state();
  editor.effects();
  editor.happen({ kind: "key", key, isAhead: true });
  expect(editor.state()).toMatchObject({
    staging: before.staging,
    screen: before.screen,
    notice: { text: "y was typed before this was on the screen: type it again to confirm." },
  });
  expect(editor.effects()).toEqual([]);
  editor.press(key);
  expect(editor.state().notice?.text ?? "").not.toContain("typed before");
});
