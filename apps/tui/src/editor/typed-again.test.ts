import { counterNames, type InstallSummaryPatch } from "@install-summary/core";
import { expect, test } from "vitest";
import { drawEditor } from "../../test/draw-editor.tsx";
import { driveEditor, type EditorDriver } from "../../test/editor-driver.ts";
import { timedOut } from "../../test/failures.ts";
import { loggedChange } from "../../test/logged-change.ts";
import { listedApp, sampleId } from "../../test/sample-apps.ts";
import type { KnownApp } from "../words/known-app.ts";
import { currentConflict } from "./model/conflicts.ts";
import { requestsOf } from "./model/review.ts";

// A person types the number that a counter had, where others are known to have set another one by now.

function version(number: number, counters: InstallSummaryPatch = {}): KnownApp {
  const summary = { failedDeviceCount: 894, notApplicableDeviceCount: 3, ...counters };
  return listedApp(0, "Payroll", summary, `W/"${number}"`);
}

/** The app with its first numbers, as `get` prints it. */
function printed(etag: string): string {
  const { id, installSummary: summary } = version(2);
  return JSON.stringify({ id, etag, summary });
}

function withoutETag(failedDeviceCount: number): KnownApp {
  return { ...version(2, { failedDeviceCount }), etag: undefined };
}

function setByOthers(editor: EditorDriver, number: number, before: number, after: number): void {
  const change = loggedChange({
    version: number,
    before: { failedDeviceCount: before },
    after: { failedDeviceCount: after },
  });
  editor.happen({ kind: "followed", followed: { kind: "changes", changes: [change], areNew: true } });
}

/** 907 is staged on version 2 with 894, and others have set this number as version 3. */
function editorBehind(theirs = 916): EditorDriver {
  const editor = driveEditor([version(2)]);
  editor.happen({ kind: "followed", followed: { kind: "link", link: "live" } });
  editor.press("right");
  typed(editor, "907");
  setByOthers(editor, 3, 894, theirs);
  expect(editor.state().staging.apps.get(sampleId(0))?.app.etag).toBe('W/"2"');
  return editor;
}

/** Types into the counter of the failed devices. */
function typed(editor: EditorDriver, number: string): void {
  while (editor.state().counter !== "failedDeviceCount") editor.press("up");
  editor.type(number);
  editor.press("enter");
}

function staged(editor: EditorDriver): object {
  return editor.state().staging.apps.get(sampleId(0))?.edits ?? {};
}

function text(editor: EditorDriver): string | undefined {
  return editor.state().notice?.text;
}

test.each([
  ["another number", 916],
  ["the number that was staged", 907],
])("it is staged, where others have set %s, and the table decides", (_, theirs) => {
  const editor = editorBehind(theirs);
  typed(editor, "894");
  expect(text(editor)).toBe(`Staged: failed devices 894; the server has ${theirs} now.`);
  expect(staged(editor)).toEqual({ failedDeviceCount: 894 });
  expect(editor.disk().get(sampleId(0))).toContain('"failedDeviceCount":894');
  expect(drawEditor(editor.state()).join("\n")).toContain("version 3 is there now");
  editor.press("escape", "s");
  expect(requestsOf(editor.state())).toEqual([]);
  editor.press("R");
  editor.read("refresh", version(3, { failedDeviceCount: theirs }));
  const row = currentConflict(editor.state().staging, undefined);
  expect(row).toMatchObject({ kind: "open", base: 894, theirs, mine: 894 });
  expect(editor.state().screen.name).toBe("conflict");
  editor.press("m");
  expect(requestsOf(editor.state()).map(({ patch }) => patch)).toEqual([{ failedDeviceCount: 894 }]);
  editor.press("u", "t");
  expect(staged(editor)).toEqual({});
});

test("undo and redo go through it, and x still takes the edit back", () => {
  const editor = editorBehind();
  typed(editor, "894");
  editor.press("u");
  expect(staged(editor)).toEqual({ failedDeviceCount: 907 });
  editor.press("ctrl-r");
  expect(staged(editor)).toEqual({ failedDeviceCount: 894 });
  editor.press("x");
  expect(staged(editor)).toEqual({});
  expect(text(editor)).toBe("Reverted: failed devices 916.");
});

test("typed twice it is staged already, and an amount of nothing takes it back", () => {
  const editor = editorBehind();
  typed(editor, "894");
  typed(editor, "894");
  expect(text(editor)).toBe("Failed devices: 894 is staged already.");
  typed(editor, "+0");
  expect(staged(editor)).toEqual({});
});

test("where others set it too meanwhile, R says that it is there, and u brings it back", () => {
  const editor = editorBehind();
  typed(editor, "894");
  setByOthers(editor, 4, 916, 894);
  expect(staged(editor)).toEqual({ failedDeviceCount: 894 });
  editor.press("R");
  editor.read("refresh", version(4));
  expect(text(editor)).toContain("The values are there already, as version 4: nothing is left to send.");
  editor.press("u");
  expect(staged(editor)).toEqual({ failedDeviceCount: 894 });
});

test("of a server without ETags whose values are as they were there is nothing to send until R reads them", () => {
  const editor = driveEditor([withoutETag(894)]);
  editor.press("right");
  typed(editor, "907");
  editor.read("newer", withoutETag(916));
  typed(editor, "894");
  expect(staged(editor)).toEqual({ failedDeviceCount: 894 });
  editor.read("newer", withoutETag(894));
  editor.press("s");
  expect(requestsOf(editor.state())).toEqual([]);
  editor.press("R");
  editor.read("refresh", withoutETag(894));
  expect(staged(editor)).toEqual({});
});

test.each([
  ["a patch", JSON.stringify({ failedDeviceCount: 894 }), { failedDeviceCount: 894 }],
  ["an app of another version", printed('W/"1"'), { failedDeviceCount: 894 }],
  // What is as it was at that version was not edited in the text.
  ["an app of the version that the edits are on", printed('W/"2"'), {}],
])("pasted as %s", (_, pasted, edits) => {
  const editor = editorBehind();
  editor.happen({ kind: "paste", text: pasted });
  expect(staged(editor)).toEqual(edits);
});

test("of ten numbers those are staged that the server has not", () => {
  const editor = editorBehind();
  const numbers = counterNames.map((name) => version(2).installSummary[name]);
  editor.happen({ kind: "paste", text: numbers.join("\t") });
  expect(staged(editor)).toEqual({ failedDeviceCount: 894 });
});

test("in the table, the number that was there is an edit where a newer version has another one", () => {
  const editor = editorBehind();
  editor.press("R");
  editor.read("refresh", version(3, { failedDeviceCount: 916 }));
  expect(editor.state().screen.name).toBe("conflict");
  setByOthers(editor, 4, 916, 930);
  editor.press("e");
  editor.type("916");
  editor.press("enter");
  expect(staged(editor)).toEqual({ failedDeviceCount: 916 });
  editor.press("escape", "R");
  editor.read("refresh", version(4, { failedDeviceCount: 930 }));
  expect(currentConflict(editor.state().staging, undefined)).toMatchObject({
    kind: "open",
    theirs: 930,
    mine: 916,
  });
});

test("a log that tells of the change before it does not say that the values are there", () => {
  const editor = driveEditor([version(2)]);
  editor.press("right");
  typed(editor, "907");
  editor.press("s", "y");
  editor.happen({ kind: "patchFailed", appId: sampleId(0), failure: timedOut });
  editor.wait(1);
  editor.read("look", version(4, { failedDeviceCount: 916 }));
  editor.press("escape", "escape", "right");
  typed(editor, "894");
  editor.press("R");
  editor.read("refresh", version(4, { failedDeviceCount: 916 }), { record: "notApplied" });
  expect(staged(editor)).toEqual({ failedDeviceCount: 894 });
  expect(text(editor)).toContain("Not applied: another change came first.");
  expect(editor.state().screen.name).toBe("conflict");
});
