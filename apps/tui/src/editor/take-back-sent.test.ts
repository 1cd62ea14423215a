import { applyPatch, type InstallSummaryPatch } from "@install-summary/core";
import { expect, test } from "vitest";
import { drawEditor } from "../../test/draw-editor.tsx";
import { driveEditor, small, type EditorDriver } from "../../test/editor-driver.ts";
import { loggedChange } from "../../test/logged-change.ts";
import { timedOut } from "../../test/failures.ts";
import { listedApp, sampleId } from "../../test/sample-apps.ts";
import { spoken } from "./plain/spoken.ts";

const before = { failedDeviceCount: 18, failedUserCount: 8 };
const apps = ["Bulk 1", "Bulk 2", "Bulk 3", "Bulk 4"].map((name, index) =>
  listedApp(index, name, before, 'W/"6"'),
);

/** The editor with 16 failed devices, and 9 failed users, of so many apps sent as version 7. */
function sent(count: number): EditorDriver {
  const editor = driveEditor(apps.slice(0, count));
  editor.press("o", "m", "home");
  for (const _ of apps.slice(0, count)) {
    editor.press("right");
    editor.happen({ kind: "paste", text: '{"failedDeviceCount":16,"failedUserCount":9}' });
    editor.press("escape", "down");
  }
  editor.press("s", "y");
  for (const { id, installSummary } of apps.slice(0, count)) {
    const patch = { failedDeviceCount: 16, failedUserCount: 9 };
    const summary = applyPatch(installSummary, patch);
    editor.happen({ kind: "patchAcknowledged", appId: id, summary, etag: 'W/"7"' });
  }
  expect(editor.state().staging.apps.size).toBe(0);
  return editor;
}

function othersSet(editor: EditorDriver, place: number, after: InstallSummaryPatch): void {
  const change = loggedChange({ appId: sampleId(place), version: 8, before: {}, after });
  editor.happen({ kind: "followed", followed: { kind: "changes", changes: [change], areNew: true } });
}

function stagedIds(editor: EditorDriver): readonly string[] {
  return [...editor.state().staging.apps.keys()];
}

test("U stages what takes all sent changes back", () => {
  const editor = sent(2);
  editor.press("U");
  expect(stagedIds(editor)).toEqual([sampleId(0), sampleId(1)]);
  const text = "Staged: what takes the sent changes back. y sends it.";
  expect(editor.state().notice).toMatchObject({ tone: "plain", text });
});

test("U says by number and by name what it leaves out, and why, in the review and as a line", () => {
  const editor = sent(2);
  othersSet(editor, 1, { failedDeviceCount: 700, failedUserCount: 1 });
  editor.press("U");
  expect(stagedIds(editor)).toEqual([sampleId(0)]);
  const text =
    "Staged: what takes 1 of 2 changes back. y sends it. Left out: 1 changed since (Bulk 2 · Android).";
  expect(editor.state().notice).toEqual({ tone: "wrong", text });
  expect(editor.state().screen.name).toBe("review");
  expect(drawEditor(editor.state()).join(" ")).toMatch(
    /Left out: 1\s+changed\s+since \(Bulk 2 · Android\)\./,
  );
  expect(spoken(text)).toBe(
    "Staged: what takes 1 of 2 changes back. send sends it. Left out: 1 changed since (Bulk 2, Android).",
  );
});

test("U tells all reasons apart, the numbers before the names", () => {
  const editor = sent(4);
  othersSet(editor, 0, { failedDeviceCount: 700, failedUserCount: 1 });
  othersSet(editor, 1, { failedDeviceCount: 700 });
  othersSet(editor, 2, before);
  editor.press("U");
  expect(stagedIds(editor)).toEqual([sampleId(1), sampleId(3)]);
  expect(editor.state().staging.apps.get(sampleId(1))?.edits).toEqual({ failedUserCount: 8 });
  expect(editor.state().notice?.text).toBe(
    "Staged: what takes 2 of 4 changes back. y sends it. Left out: 1 changed since, 1 changed in part, " +
      "1 as before already (Bulk 1 · Windows, Bulk 2 · Android, Bulk 3 · iOS).",
  );
});

test("u of one app names what it leaves out, and whose app it is, also in the smallest window", () => {
  const editor = sent(1);
  othersSet(editor, 0, { failedUserCount: 500 });
  editor.press("u");
  expect(editor.state().staging.apps.get(sampleId(0))?.edits).toEqual({ failedDeviceCount: 18 });
  editor.happen({ kind: "resized", size: small });
  const shown = drawEditor(editor.state()).map((row) => row.trim());
  expect(shown.join(" ")).toContain(
    "Staged: what takes it back. y sends it. Left out: failed users, changed since. (Bulk 1 · Windows)",
  );
});

test("in the smallest window u names the app whose edit it undoes", () => {
  const editor = driveEditor(apps, small);
  editor.press("right", "5", "enter", "escape", "end", "u");
  const shown = drawEditor(editor.state()).map((row) => row.trim());
  expect(shown.join(" ")).toMatch(/Undone: failed devices\. \(Bulk \d · \w+ \(00000000\)\)/);
});

test("U says of each app why nothing can be taken back", () => {
  const editor = sent(2);
  othersSet(editor, 0, { failedDeviceCount: 700, failedUserCount: 1 });
  othersSet(editor, 1, before);
  editor.press("U");
  expect(stagedIds(editor)).toEqual([]);
  expect(editor.state().notice).toEqual({
    tone: "wrong",
    text: "Nothing to take back: 1 changed since, 1 as before already (Bulk 1 · Windows, Bulk 2 · Android).",
  });
});

test("U names an app whose change only the log has shown to be applied, and that was overwritten", () => {
  const editor = driveEditor(apps.slice(0, 2));
  editor.press("o", "m", "home");
  for (const _ of apps.slice(0, 2)) {
    editor.press("right");
    editor.happen({ kind: "paste", text: '{"failedDeviceCount":4}' });
    editor.press("escape", "down");
  }
  editor.press("s", "y");
  const [first, second] = apps;
  if (first === undefined || second === undefined) throw new Error("there are two apps");
  const summary = applyPatch(first.installSummary, { failedDeviceCount: 4 });
  editor.happen({ kind: "patchAcknowledged", appId: first.id, summary, etag: 'W/"7"' });
  editor.happen({ kind: "patchFailed", appId: second.id, failure: timedOut });
  editor.wait(1);
  const now = {
    ...second,
    installSummary: { ...second.installSummary, failedDeviceCount: 300 },
    etag: 'W/"8"',
  };
  editor.read("look", now, { record: "applied" });
  editor.press("U");
  expect(stagedIds(editor)).toEqual([sampleId(0)]);
  expect(editor.state().notice).toEqual({
    tone: "wrong",
    text: "Staged: what takes 1 of 2 changes back. y sends it. Left out: 1 changed since (Bulk 2 · Android).",
  });
});
