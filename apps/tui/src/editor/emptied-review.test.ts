import { expect, test } from "vitest";
import { drawEditor } from "../../test/draw-editor.tsx";
import { driveEditor, small, usual, type EditorDriver } from "../../test/editor-driver.ts";
import { timedOut } from "../../test/failures.ts";
import { listedApp, sampleId } from "../../test/sample-apps.ts";
import { plainReview } from "./plain/review-lines.ts";

// A reading takes the last line of the review away: the screen stays, and names only keys that act.

const app = (failedDeviceCount: number, version: number): ReturnType<typeof listedApp> =>
  listedApp(0, "App", { failedDeviceCount }, `W/"${version}"`);

/** The review of one edit that others have made too. */
function emptied(size = usual): EditorDriver {
  const editor = driveEditor([app(16, 7), listedApp(1, "Other")], size);
  editor.press("right", "4", "enter", "s", "R");
  editor.read("refresh", app(4, 8));
  expect(editor.state().screen.name).toBe("review");
  expect(editor.state().staging.apps.size).toBe(0);
  return editor;
}

/** The review of one change that was sent, and that a reading has found applied. */
function found(): EditorDriver {
  const editor = driveEditor([app(16, 7), listedApp(1, "Other")]);
  editor.press("right", "4", "enter", "s", "y");
  editor.happen({ kind: "patchFailed", appId: sampleId(0), failure: timedOut });
  editor.press("escape", "escape", "s", "R");
  editor.read("refresh", app(4, 8));
  expect(editor.state().screen.name).toBe("review");
  return editor;
}

function footer(editor: EditorDriver): string {
  return drawEditor(editor.state()).at(-1) ?? "";
}

test.each([usual, small])("the footer names the way back, and u where that brings the edit back", (size) => {
  const editor = emptied(size);
  expect(footer(editor)).toMatch(/Esc back/);
  expect(footer(editor)).toMatch(/u undo/);
  expect(footer(editor)).not.toMatch(/Space|drop|edit|copy|send/);
  editor.press("u");
  expect(editor.state().staging.apps.size).toBe(1);
});

test("u is not named where there is nothing that it brings back", () => {
  expect(footer(found())).toMatch(/^ Esc back +: commands +\? keys *$/);
});

test.each([" ", "d", "e", "c", "y", "R", "down"])("%s does nothing there, and says so", (key) => {
  const editor = emptied();
  editor.press(key);
  expect(editor.state().screen.name).toBe("review");
  expect(editor.state().notice?.text).toContain("does nothing here");
  expect(editor.effects().filter(({ kind }) => kind === "sendPatch")).toEqual([]);
});

test("Esc leads back, Ctrl-R after u takes the edit away again, ? and q work as elsewhere", () => {
  const back = emptied();
  back.press("escape");
  expect(back.state().screen.name).toBe("counters");
  const help = emptied();
  help.press("?");
  expect(help.state().screen.name).toBe("help");
  help.press("escape");
  expect(help.state().screen.name).toBe("review");
  help.press("q");
  expect(help.effects()).toContainEqual({ kind: "quit", exitCode: 0 });
});

test("plain mode says what can be typed", () => {
  expect(plainReview(emptied().state())).toEqual(["Nothing to send. Type undo, or back."]);
  expect(plainReview(found().state())).toEqual(["Nothing to send. Type back."]);
});
