import { applyPatch, type InstallSummaryPatch } from "@install-summary/core";
import { expect, test } from "vitest";
import { drawEditor } from "../../test/draw-editor.tsx";
import { draftPlace, driveEditor, large, small, usual, type EditorDriver } from "../../test/editor-driver.ts";
import { loggedChange } from "../../test/logged-change.ts";
import { listedApp } from "../../test/sample-apps.ts";
import { parseDraft } from "../changes/drafts/draft-text.ts";
import type { KnownApp } from "../words/known-app.ts";
import { describePlace } from "./plain/describe-place.ts";
import { firstPages } from "./plain/reply.ts";
import { unicodeGlyphs } from "./view/glyphs.ts";

// A conflict that was put away undecided, and what the next start makes of it.

const app = listedApp(0, "Workday", { failedDeviceCount: 40 });
const sizes = [small, { columns: 60, rows: 20 }, usual, large];

function changed(version: number, patch: InstallSummaryPatch): KnownApp {
  const installSummary = applyPatch(app.installSummary, patch);
  return { ...app, installSummary, etag: `W/"${version}"` };
}

/** An editor that has met 38 failed devices after 8 was typed on 40. */
function putAway(): EditorDriver {
  const editor = driveEditor([app]);
  editor.press("right", "8", "enter");
  editor.read("refresh", changed(8, { failedDeviceCount: 38 }));
  expect(editor.state().screen.name).toBe("conflict");
  editor.press("escape");
  return editor;
}

/** The next start, with what the last one has left on disk; the list has this. */
function startAgain(last: EditorDriver, listed: readonly KnownApp[], size = usual): EditorDriver {
  const parsed = parseDraft(last.disk().get(app.id) ?? "", draftPlace);
  if (parsed.kind !== "draft") throw new Error(`The draft is ${parsed.kind}.`);
  const editor = driveEditor(listed, size);
  const drafts = [{ key: "one", savedAt: parsed.savedAt, draft: parsed.draft }];
  editor.happen({ kind: "draftsFound", drafts, newer: [], broken: [] });
  return editor;
}

function bringBack(editor: EditorDriver): void {
  editor.press("enter");
  const [{ draft } = { draft: undefined }] = editor.state().drafts.found;
  if (draft === undefined) throw new Error("No draft is on the screen.");
  const keys = editor.draftKeys("claimDrafts");
  editor.happen({ kind: "draftsClaimed", drafts: [draft], keys, reason: undefined });
}

function textOf(editor: EditorDriver): string {
  return drawEditor(editor.state()).join("\n");
}

function plain(editor: EditorDriver): string {
  return describePlace(editor.state(), unicodeGlyphs, firstPages).join("\n");
}

test.each(sizes)("at $columns columns it is counted, with what was typed against which value", (size) => {
  const editor = startAgain(putAway(), [changed(8, { failedDeviceCount: 38 })], size);
  expect(textOf(editor)).toMatch(/1 line,? +version 8 still +≠ 1/);
  expect(textOf(editor)).toMatch(/≠ Failed devices +40 → +8 +\(?−32/);
  expect(textOf(editor)).toContain("changed to 38 meanwhile");
});

test("without a screen it is said in the same words", () => {
  const editor = startAgain(putAway(), [changed(8, { failedDeviceCount: 38 })]);
  expect(plain(editor)).toContain(
    "version 8 still, 1 counter changed on both sides: failed devices 40 to 8, changed to 38 meanwhile.",
  );
});

test("brought back it opens the table with who has changed it and when, and the review names them too", () => {
  const editor = startAgain(putAway(), [changed(8, { failedDeviceCount: 38 })]);
  bringBack(editor);
  expect(editor.state().screen.name).toBe("conflict");
  const [asked] = editor.effects().flatMap((effect) => (effect.kind === "readChangers" ? [effect] : []));
  const changes = [
    loggedChange({ version: 8, actor: "Ada Byron", changedAt: new Date(990_000).toISOString() }),
  ];
  editor.happen({ kind: "changersRead", key: asked?.key ?? "", changes });
  expect(textOf(editor)).toContain("Someone else changed this app");
  expect(textOf(editor)).toMatch(/version 7 → 8 +Ada Byron, \d\d:\d\d/);
  expect(textOf(editor)).toMatch(/≠ Failed devices +40 +38 +8 +\? m or t/);
  // `s` shows nothing before that is decided.
  expect(editor.state().notice?.text).toBe("1 draft is staged again.");
  expect(plain(editor)).toContain("by Ada Byron");
  editor.press("escape", "s");
  expect(textOf(editor)).toContain("someone else changed it from 40 to 38: not sent until you decide");
});

test("what others change while no editor runs is met on top of it, and the value it was typed against stays", () => {
  const listed = [changed(10, { failedDeviceCount: 36, failedUserCount: 9 })];
  const editor = startAgain(putAway(), listed);
  expect(textOf(editor)).toMatch(/version 8, now 10 +≠ 1/);
  expect(textOf(editor)).toContain("changed to 36 meanwhile");
  bringBack(editor);
  expect(textOf(editor)).toMatch(/version 7 → 10/);
  expect(textOf(editor)).toMatch(/≠ Failed devices +40 +36 +8 +\? m or t/);
  expect(editor.state().notice?.text).toBe("1 draft is staged again. 1 moved onto what is there now.");
});

test("others who put the value back leave nothing that is hidden: it is still to be decided", () => {
  const editor = startAgain(putAway(), [changed(10, { failedDeviceCount: 40 })]);
  expect(textOf(editor)).toMatch(/version 8, now 10 +≠ 1/);
  bringBack(editor);
  expect(textOf(editor)).toMatch(/≠ Failed devices +40 +40 +8 +\? m or t/);
});

test("a value that was typed as it was is counted too, where others have set another one", () => {
  const editor = driveEditor([changed(9, { failedDeviceCount: 30 })]);
  const known = { app, readAt: 1, leftOut: false, wasOvertaken: false, contested: {}, pending: undefined };
  const draft = { ...known, edits: { failedDeviceCount: 40 } };
  const drafts = [{ key: "one", savedAt: 1, draft }];
  editor.happen({ kind: "draftsFound", drafts, newer: [], broken: [] });
  expect(textOf(editor)).toMatch(/version 7, now 9 +≠ 1/);
});

test("while the app is not read it is counted all the same", () => {
  const editor = startAgain(putAway(), []);
  expect(textOf(editor)).toMatch(/version 8, not in the list +≠ 1/);
});

test("a decided one comes back as any other draft", () => {
  const last = putAway();
  last.press("s", "enter", "m", "enter");
  const editor = startAgain(last, [changed(8, { failedDeviceCount: 38 })]);
  expect(textOf(editor)).not.toContain("≠");
  bringBack(editor);
  expect(editor.state().screen.name).toBe("list");
});

test.each(sizes)("at $columns columns the counter is marked beside its number", (size) => {
  const editor = driveEditor([app], size);
  editor.press("right", "8", "enter");
  expect(textOf(editor)).toMatch(/8 ●/);
  editor.read("refresh", changed(8, { failedDeviceCount: 38 }));
  editor.press("escape");
  expect(editor.state().screen.name).toBe("counters");
  expect(textOf(editor)).toMatch(/8 ≠/);
  expect(plain(editor)).toContain(
    "Staged: failed devices 38 to 8. It was changed from 40 to 38 meanwhile: not sent until you decide.",
  );
});
