import { applyPatch } from "@install-summary/core";
import type { ListedChange } from "@install-summary/core/client";
import { expect, test } from "vitest";
import { drawEditor } from "../../test/draw-editor.tsx";
import { driveEditor, small, usual, type EditorDriver } from "../../test/editor-driver.ts";
import { loggedChange } from "../../test/logged-change.ts";
import { listedApp, sampleId } from "../../test/sample-apps.ts";
import { takeBackSent } from "./actions/take-back-sent.ts";
import { replacedEdits } from "./model/replaced-edits.ts";
import { plainReview } from "./plain/review-lines.ts";
import { spoken } from "./plain/spoken.ts";

const app = listedApp(0, "VLC", { failedDeviceCount: 518, failedUserCount: 9 }, 'W/"7"');
const theirs = loggedChange({
  before: { failedDeviceCount: 468, failedUserCount: 5 },
  after: { failedDeviceCount: 518, failedUserCount: 9 },
});

/** The history with this change under the cursor, once an entry of failed devices was staged. */
function typedBefore(entry: string, size = usual, change: ListedChange = theirs): EditorDriver {
  const editor = driveEditor([app], size);
  editor.press("right");
  editor.type(entry);
  editor.press("enter", "h");
  editor.happen({ kind: "historyRead", generation: 1, changes: [change], hasMore: false });
  return editor;
}

function edits(editor: EditorDriver): unknown {
  return editor.state().staging.apps.get(app.id)?.edits;
}

function screen(editor: EditorDriver): string {
  return drawEditor(editor.state()).join("\n");
}

test.each([
  ["+10", { add: 10 }, "by +10", "by plus 10"],
  ["600", 600, "600", "600"],
])(
  "u in the history says before and after that it comes in place of %s that was typed, and one u brings that back",
  (entry, edit, words, said) => {
    const editor = typedBefore(entry);
    expect(screen(editor)).toMatch(
      new RegExp(`failed devices 518 → 468 +in place of yours, ${quoted(words)}`),
    );
    expect(screen(editor)).toMatch(/failed users 9 → 5 +still as the change left it/);
    editor.press("u");
    expect(edits(editor)).toEqual({ failedDeviceCount: 468, failedUserCount: 5 });
    const text = `Staged in place of yours, failed devices ${words}: u brings it back. (VLC · Windows)`;
    expect(editor.state().notice).toMatchObject({ tone: "plain", text });
    expect(spoken(text)).toContain(`failed devices ${said}: undo brings it back.`);
    // The message goes with the next key, the line stays.
    editor.press("down");
    const line = `in place of yours, ${words}: u brings it back`;
    expect(screen(editor)).toContain(`! ${line}`);
    expect(plainReview(editor.state()).join("\n")).toContain(
      `In place of yours, ${said}: undo brings it back.`,
    );
    editor.press("u");
    expect(edits(editor)).toEqual({ failedDeviceCount: edit });
    expect(screen(editor)).not.toContain("in place of yours");
    editor.press("ctrl-r");
    expect(screen(editor)).toContain(line);
  },
);

function quoted(text: string): string {
  return text.replaceAll(/[+]/g, String.raw`\$&`);
}

test("what was typed on other counters, or is what takes the change back, is not replaced", () => {
  const editor = typedBefore("468");
  editor.press("u");
  expect(editor.state().notice?.text).toBe("Staged: what takes it back. y sends it. (VLC · Windows)");
  expect(screen(editor)).not.toContain("in place of");
});

test("taking back twice still tells what was typed, and a number that is typed after it does not", () => {
  const editor = typedBefore("+10");
  editor.press("u", "escape", "escape", "h");
  editor.happen({ kind: "historyRead", generation: 2, changes: [theirs], hasMore: false });
  editor.press("u");
  const replaced = (): unknown => {
    const staged = editor.state().staging.apps.get(app.id);
    return staged && replacedEdits(editor.state().staging, staged);
  };
  expect(replaced()).toEqual({ failedDeviceCount: { add: 10 } });
  editor.press("e", "7", "enter", "s");
  expect(replaced()).toEqual({});
});

test("in the smallest window the message says both what is replaced and what is left out", () => {
  const change = { ...theirs, after: { failedDeviceCount: 518, failedUserCount: 8 } };
  const editor = typedBefore("+10", small, change);
  editor.press("u");
  const shown = drawEditor(editor.state())
    .map((row) => row.trim())
    .join(" ");
  expect(shown).toContain("Staged in place of yours, failed devices by +10: u brings it back.");
  expect(shown).toContain("Left out: failed users, changed since.");
});

test("in the smallest window the number of counters that are left out is whole, however long their names", () => {
  const many = { notApplicableDeviceCount: 3, notInstalledDeviceCount: 3, failedUserCount: 8 };
  const change = {
    ...theirs,
    before: { ...theirs.before, ...many, pendingInstallDeviceCount: 5, pendingInstallUserCount: 6 },
    after: { ...theirs.after, ...many, notApplicableDeviceCount: 4, notInstalledDeviceCount: 4 },
  };
  const editor = typedBefore("2000000000", small, change);
  editor.press("u");
  const shown = drawEditor(editor.state())
    .map((row) => row.trim())
    .join(" ");
  expect(shown).toContain("Left out: not applicable devices and 1 more, changed since. Staged");
});

test("U names the apps whose edits it replaces", () => {
  const apps = ["Bulk 1", "Bulk 2"].map((name, index) => listedApp(index, name, {}, 'W/"6"'));
  const editor = driveEditor(apps);
  editor.press("o", "m", "home");
  for (const _ of apps) {
    editor.press("right");
    editor.happen({ kind: "paste", text: '{"failedDeviceCount":4}' });
    editor.press("escape", "down");
  }
  editor.press("s", "y");
  for (const { id, installSummary } of apps) {
    const summary = applyPatch(installSummary, { failedDeviceCount: 4 });
    editor.happen({ kind: "patchAcknowledged", appId: id, summary, etag: 'W/"7"' });
  }
  const { screen: results } = editor.state();
  if (results.name !== "results") throw new Error(`${results.name} in place of the results`);
  editor.press("escape", "home", "right");
  editor.happen({ kind: "paste", text: '{"failedDeviceCount":5}' });
  expect(editor.state().staging.apps.get(sampleId(0))?.edits).toEqual({ failedDeviceCount: 5 });
  const { state } = takeBackSent({ ...editor.state(), screen: results }, results.sending.items);
  expect(state.notice).toEqual({
    tone: "plain",
    text: "Staged: what takes the sent changes back. 1 in place of edits of yours: u brings them back. y sends it. (in place of yours: Bulk 1 · Windows)",
    isWhole: true,
  });
});
