import { expect, test } from "vitest";
import { drawEditor } from "../../test/draw-editor.tsx";
import { driveEditor, usual, type EditorDriver } from "../../test/editor-driver.ts";
import { responded, timedOut } from "../../test/failures.ts";
import { listedApp, sampleId } from "../../test/sample-apps.ts";
import type { Size } from "./model/layout.ts";
import type { KnownApp } from "../words/known-app.ts";

// A server without ETags guards nothing, and has no version to name.

const app = (failedDeviceCount: number, more = {}): KnownApp => ({
  ...listedApp(0, "Payroll", { failedDeviceCount, ...more }),
  etag: undefined,
});

/** Failed devices 16 of an app without an ETag were sent as 8. */
function sent(size: Size = usual): EditorDriver {
  const editor = driveEditor([app(16)], size);
  editor.press("right", "8", "enter", "s", "y");
  return editor;
}

function acknowledged(size: Size = usual): EditorDriver {
  const editor = sent(size);
  const { installSummary: summary } = app(8);
  editor.happen({ kind: "patchAcknowledged", appId: sampleId(0), summary, etag: undefined });
  return editor;
}

/** The change was sent, no response came, and reading found `now`. */
function lost(now: KnownApp): EditorDriver {
  const editor = sent();
  editor.happen({ kind: "patchFailed", appId: sampleId(0), failure: timedOut });
  editor.wait(1);
  editor.read("look", now);
  return editor;
}

function text(editor: EditorDriver): string {
  return drawEditor(editor.state())
    .map((row) => row.trim())
    .join(" ");
}

test.each([usual, { columns: 52, rows: 16 }])("the undo command is not said to be guarded: %j", (size) => {
  const editor = acknowledged(size);
  expect(text(editor)).toContain("Undo (the last writer wins):");
  expect(text(editor)).not.toContain("does nothing");
});

test.each([
  ["in the results", ["c"]],
  ["in the list", ["escape", "escape", "escape", "c"]],
])("a copied undo command is not said to be guarded: %s", (_where, keys) => {
  const editor = acknowledged();
  editor.press(...keys);
  const { screen } = editor.state();
  if (screen.name !== "copied") throw new Error(`The screen is ${screen.name}.`);
  expect(screen.copied.title).toContain("(without --if-match the last writer wins)");
  expect(screen.copied.text).not.toContain("--if-match");
});

test.each([
  [
    "not applied so far",
    app(16),
    "Read again: its values are unchanged, so the change was not applied so far.",
  ],
  ["found", app(8), "The app has your values; nothing else differs."],
  ["overtaken", app(30), "This app has changed: other values are there now"],
])("what became of a change is told without a version: %s", (_what, now, words) => {
  const screen = text(lost(now));
  expect(screen).toContain(words);
  expect(screen).not.toMatch(/no version|- → /i);
});

test.each([
  [
    "the values as read",
    app(16),
    "The server refused the change with 412, although the app has the values that were read.",
  ],
  [
    "other values",
    app(30),
    "This app has changed: other values are there now, these edits are on what was read before.",
  ],
])("a 412 that a gateway gives is told without a version: %s", (_what, now, words) => {
  const editor = sent();
  editor.happen({ kind: "patchFailed", appId: sampleId(0), failure: responded(412) });
  editor.read("look", now);
  expect(text(editor)).toContain(words);
  expect(text(editor)).not.toMatch(/no version|- → /i);
});

test.each([
  ["unchanged", app(16), "Not applied so far: its values are unchanged."],
  ["applied", app(8), "Counts as applied: the app has your values, though they may be someone else's."],
  ["changed", app(30), "Other values are there now. Your change may have been applied before that"],
])("a later reading of an open change is told without a version: %s", (_what, now, words) => {
  const editor = sent();
  editor.happen({ kind: "patchFailed", appId: sampleId(0), failure: timedOut });
  editor.press("x");
  editor.press("escape", "escape", "R");
  editor.read("refresh", now);
  expect(editor.state().notice?.text).toContain(words);
  expect(text(editor)).not.toMatch(/no version (?:is|has)/i);
});
