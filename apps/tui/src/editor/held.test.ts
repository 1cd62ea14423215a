import { applyPatch } from "@install-summary/core";
import { expect, test } from "vitest";
import { drawEditor } from "../../test/draw-editor.tsx";
import { driveEditor, small, usual, type EditorDriver } from "../../test/editor-driver.ts";
import { listedApp, sampleId } from "../../test/sample-apps.ts";
import { plainResults } from "./plain/result-lines.ts";
import { plainReview } from "./plain/review-lines.ts";
import { unicodeGlyphs } from "./view/glyphs.ts";
import { keptLines } from "./view/kept-lines.ts";

// The disk keeps a draft that says that a change was not sent, and lets it neither be marked nor removed.

const apps = [0, 1, 2, 3, 4, 5].map((index) => listedApp(index, `App ${index}`, { failedDeviceCount: 16 }));
const reason = "the disk is read-only";

/** The review of `count` apps, or what has become of them where each was held. */
function reviewOf(count: number, size = usual): EditorDriver {
  const editor = driveEditor(apps, size);
  for (let index = 0; index < count; index += 1) editor.press("right", "8", "enter", "up", "escape", "down");
  editor.press("s");
  editor.effects();
  return editor;
}

function hold(editor: EditorDriver, count: number): void {
  editor.press("y");
  editor.happen({ kind: "draftsFailed", reason });
  for (let index = 0; index < count; index += 1) {
    editor.happen({ kind: "patchHeld", appId: sampleId(index), reason });
  }
}

function textOf(editor: EditorDriver): string {
  return drawEditor(editor.state())
    .map((row) => row.trim())
    .join(" ")
    .replaceAll(/ +/g, " ");
}

function acknowledge(editor: EditorDriver, index: number): void {
  const summary = applyPatch(listedApp(index).installSummary, { failedDeviceCount: 8 });
  editor.happen({ kind: "patchAcknowledged", appId: sampleId(index), summary, etag: 'W/"8"' });
}

test("each app that is held is told in one go, stays staged, and goes out with the next y", () => {
  const editor = reviewOf(6);
  hold(editor, 6);
  const { screen, staging } = editor.state();
  expect(screen.name).toBe("results");
  expect([...staging.apps.values()].map(({ pending }) => pending)).toEqual(apps.map(() => undefined));
  expect(textOf(editor)).toContain("6 not sent");
  expect(editor.effects()).toHaveLength(6);
  editor.press("s", "y");
  for (let index = 0; index < 6; index += 1) acknowledge(editor, index);
  const sent = editor.effects();
  expect(sent).toMatchObject(apps.map(({ id }) => ({ kind: "sendPatch", appId: id, isUnmarkedKnown: true })));
  expect(editor.state().staging.apps.size).toBe(0);
});

test("an app whose draft can be marked goes out beside one that is held", () => {
  const editor = reviewOf(2);
  hold(editor, 1);
  acknowledge(editor, 1);
  expect(textOf(editor)).toContain("1 sent, 1 not sent");
  expect([...editor.state().staging.apps.keys()]).toEqual([sampleId(0)]);
});

test.each([usual, small])("results and review say why it was held, and what y does", (size) => {
  const editor = reviewOf(1, size);
  hold(editor, 1);
  expect(textOf(editor)).toContain("cannot be marked as sent (the disk is read-only)");
  expect(textOf(editor)).not.toContain("was sent");
  editor.press("s");
  expect(textOf(editor)).toContain("cannot be marked as sent (the disk is read-only)");
  expect(textOf(editor)).toContain("y send 1");
});

test("plain mode says the same in words", () => {
  const editor = reviewOf(1);
  hold(editor, 1);
  const { screen } = editor.state();
  if (screen.name !== "results") throw new Error(`The screen is ${screen.name}.`);
  expect(plainResults(editor.state(), screen, unicodeGlyphs).join(" ")).toContain("cannot be marked as sent");
  editor.press("s");
  expect(plainReview(editor.state())[0]).toMatch(/cannot be marked as sent .*; it is sent all the same:$/);
});

test("once drafts are kept again nothing is said of it, and the next change is held anew", () => {
  const editor = reviewOf(1);
  hold(editor, 1);
  editor.happen({ kind: "draftsKept" });
  editor.press("s");
  expect(textOf(editor)).not.toContain("cannot be marked as sent");
  editor.effects();
  editor.press("y");
  expect(editor.effects()[0]).not.toHaveProperty("isUnmarkedKnown");
});

test("once the draft of one app is written again its change is held anew, and that of another app is not", () => {
  const editor = reviewOf(2);
  hold(editor, 2);
  editor.happen({ kind: "draftWritten", appId: sampleId(0) });
  editor.press("s");
  const [first, second] = plainReview(editor.state()).filter((line) => line.includes("App "));
  expect(first).not.toContain("cannot be marked as sent");
  expect(second).toContain("cannot be marked as sent");
  editor.effects();
  editor.press("y");
  const sent = editor.effects().filter(({ kind }) => kind === "sendPatch");
  expect(sent).toHaveLength(2);
  expect(sent[0]).not.toHaveProperty("isUnmarkedKnown");
  expect(sent[1]).toMatchObject({ appId: sampleId(1), isUnmarkedKnown: true });
});

test("a hold that comes after the sending was left changes nothing", () => {
  const editor = reviewOf(1);
  editor.press("y");
  acknowledge(editor, 0);
  const before = editor.state().staging;
  editor.happen({ kind: "patchHeld", appId: sampleId(0), reason });
  expect(editor.state().staging).toBe(before);
});

test.each([usual, small])("q asks where a draft stays though it was sent, and the end names it", (size) => {
  const editor = reviewOf(1, size);
  hold(editor, 1);
  editor.press("s", "y");
  acknowledge(editor, 0);
  editor.effects();
  const stale = [listedApp(0, "App 0")];
  editor.happen({ kind: "draftsStale", apps: stale });
  editor.press("q");
  expect(editor.effects()).toEqual([]);
  expect(textOf(editor)).toContain("Quit? The draft of App 0");
  editor.press("ctrl-c");
  expect(textOf(editor)).toContain("y quits; Ctrl-C does not. The draft of App 0");
  editor.press("y");
  expect(editor.effects()).toMatchObject([{ kind: "quit" }]);
  expect(keptLines(editor.state(), [], stale)).toEqual([
    "The draft of App 0 · Windows (00000000) stays on this computer, though it was sent, dropped or replaced: the next start offers it again.",
  ]);
  expect(keptLines(editor.state(), [], [...stale, listedApp(1, "App 1")])).toEqual([
    "The drafts of App 0 · Windows (00000000) and 1 more stay on this computer, though they were sent, dropped or replaced: the next start offers them again.",
  ]);
});

test("what is lost is asked before what stays, and the question closes once the disk lets it go", () => {
  const editor = reviewOf(2);
  editor.happen({ kind: "draftsFailed", reason });
  editor.happen({ kind: "draftsStale", apps: [listedApp(3, "App 3")] });
  editor.press("escape", "q");
  expect(textOf(editor)).toContain("Quit and lose 2 staged changes? The draft of App 3");
  editor.happen({ kind: "draftsStale", apps: [] });
  editor.happen({ kind: "draftsKept" });
  expect(editor.state().question).toBeUndefined();
});
