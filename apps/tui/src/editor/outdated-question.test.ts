import { applyPatch } from "@install-summary/core";
import { expect, test } from "vitest";
import { drawEditor } from "../../test/draw-editor.tsx";
import { driveEditor, type EditorDriver } from "../../test/editor-driver.ts";
import { timedOut } from "../../test/failures.ts";
import { loggedChange } from "../../test/logged-change.ts";
import { listedApp, sampleId } from "../../test/sample-apps.ts";
import { unicodeGlyphs } from "./view/glyphs.ts";
import { messagesOf } from "./plain/answer.ts";

// A question that is open when what it asks about changes is closed: the y that follows replies to nothing.

const apps = Array.from({ length: 21 }, (_, index) =>
  listedApp(index, `App ${String(index).padStart(2, "0")}`, { failedDeviceCount: 16 }),
);

/** The editor with 8 failed devices staged for so many apps, and sent but for the last that are left out. */
function sending(count: number, leftOut = 0): EditorDriver {
  const editor = driveEditor(apps);
  for (let index = 0; index < count; index += 1) editor.press("right", "8", "enter", "up", "escape", "down");
  editor.press("s", "end", ...Array.from({ length: leftOut }, () => " "), "y");
  editor.effects();
  return editor;
}

function acknowledge(editor: EditorDriver): void {
  const { id, installSummary } = apps[0] ?? listedApp(0);
  const summary = applyPatch(installSummary, { failedDeviceCount: 8 });
  editor.happen({ kind: "patchAcknowledged", appId: id, summary, etag: 'W/"8"' });
}

function screen(editor: EditorDriver): string {
  return drawEditor(editor.state()).join(" ").replaceAll(/\s+/g, " ");
}

test.each([
  ["q", 1, 0],
  ["ctrl-c", 1, 0],
  ["q", 2, 1],
  ["ctrl-c", 2, 1],
])(
  "%s asks while %i apps are sent, %i left out: the question goes when sending has finished",
  (key, count, leftOut) => {
    const editor = sending(count, leftOut);
    editor.press(key);
    expect(screen(editor)).toContain("Sending is not finished.");
    acknowledge(editor);
    expect(editor.state().question).toBeUndefined();
    expect(editor.state().screen.name).toBe("results");
    expect(screen(editor)).toContain("Sending has finished. q quits.");
    expect(screen(editor)).not.toContain("lose");
    editor.press("y");
    expect(editor.effects()).toEqual([]);
    expect(editor.state().staging.apps.size).toBe(leftOut);
  },
);

test("where drafts cannot be kept it stays, and says what would be lost", () => {
  const editor = sending(2, 1);
  editor.happen({ kind: "draftsFailed", reason: "the disk is full" });
  editor.press("q");
  acknowledge(editor);
  expect(screen(editor)).toContain("Quit and lose 1 staged change?");
  editor.happen({ kind: "draftsKept" });
  expect(editor.state().question).toBeUndefined();
  expect(screen(editor)).not.toContain("lose");
});

test("a question whether to drop goes with the edits, and when it would give something else up", () => {
  const editor = sending(1);
  editor.happen({ kind: "patchFailed", appId: sampleId(0), failure: timedOut });
  editor.press("escape", "escape", "escape", "home", "D");
  expect(screen(editor)).toContain("was sent and may have been applied. Give it up?");
  editor.read("refresh", listedApp(0, "App 00", { failedDeviceCount: 650 }, 'W/"9"'), {
    record: "notApplied",
  });
  expect(editor.state().question).toBeUndefined();
  editor.press("escape", "D");
  expect(screen(editor)).toContain("Drop all edits of App 00");
  editor.read("refresh", listedApp(0, "App 00", { failedDeviceCount: 8 }, 'W/"10"'));
  expect(editor.state().question).toBeUndefined();
  expect(editor.state().notice?.text).toContain("The values are there already");
});

test("a question for the number of apps goes when it is another one", () => {
  const editor = sending(21);
  expect(screen(editor)).toContain("Send to 21 apps? Type their number:");
  // In lines no cursor stands behind it.
  expect(messagesOf(editor.state(), unicodeGlyphs)).toEqual(["Send to 21 apps?"]);
  editor.press("2");
  const change = loggedChange({ appId: sampleId(3), version: 8, after: { failedDeviceCount: 3 } });
  editor.happen({ kind: "followed", followed: { kind: "changes", changes: [change], areNew: true } });
  expect(editor.state().question).toBeUndefined();
  expect(screen(editor)).toContain("Nothing was sent: some apps have just changed. y asks again.");
  editor.press("1", "enter");
  expect(editor.effects().filter(({ kind }) => kind === "sendPatch")).toEqual([]);
});
