import { applyPatch } from "@install-summary/core";
import { expect, test } from "vitest";
import { driveEditor, type EditorDriver } from "../../../test/editor-driver.ts";
import { listedApp } from "../../../test/sample-apps.ts";
import type { KnownApp } from "../../words/known-app.ts";
import type { DrivenEditor } from "./driven-editor.ts";
import { decideLine } from "./numbered-lines.ts";
import { firstTalk } from "./reply.ts";
import { plainReview, sendQuestion } from "./review-lines.ts";

// The end of a review without a screen: why nothing can be sent, and what comes first.

const one = listedApp(0, "One", { failedDeviceCount: 40 });
const other = listedApp(1, "Other", { failedDeviceCount: 20 });

/** An editor in which failed devices of both apps are staged. */
function staged(): EditorDriver {
  const editor = driveEditor([one, other]);
  editor.press("right", "8", "enter", "escape", "down", "right", "8", "enter", "escape");
  expect(editor.state().staging.apps.size).toBe(2);
  return editor;
}

function changed(app: KnownApp, failedDeviceCount: number): KnownApp {
  return { ...app, installSummary: applyPatch(app.installSummary, { failedDeviceCount }), etag: 'W/"9"' };
}

/** Newer versions of these apps come with the list while the review is open. */
function readList(editor: EditorDriver, ...apps: readonly KnownApp[]): void {
  editor.happen({ kind: "followed", followed: { kind: "gap" } });
  const { generation } = editor.state().list;
  editor.happen({ kind: "pageLoaded", generation, apps, count: apps.length });
  editor.happen({ kind: "listLoaded", generation });
}

function endOf(editor: EditorDriver): readonly string[] {
  expect(editor.state().screen.name).toBe("review");
  return plainReview(editor.state()).slice(-2);
}

test("where all can be sent it ends with what can be said", () => {
  const editor = staged();
  editor.press("s");
  expect(endOf(editor).at(-1)).toBe("Type send, drop 1, or back.");
  expect(sendQuestion(editor.state())).toBe("Send 2 changes to 2 apps on 127.0.0.1:8420? Type yes.");
});

test("an undecided line is sent to its table, also by those who decide it here", () => {
  const editor = driveEditor([one]);
  editor.press("right", "8", "enter");
  editor.read("refresh", changed(one, 38));
  editor.press("escape", "s");
  expect(endOf(editor)).toEqual([
    "Nothing can be sent: enter shows what was changed meanwhile, for you to decide.",
    "Type enter, drop 1, json, or back.",
  ]);
  const driven: DrivenEditor = {
    state: () => editor.state(),
    dispatch: (happening) => editor.happen(happening),
  };
  expect(decideLine(driven, "m", 1, firstTalk).says).toEqual([
    "Nothing is to be decided here: enter shows what is.",
  ]);
});

test("where a newer version is known it is read first", () => {
  const editor = staged();
  editor.press("s");
  readList(editor, changed(one, 38), changed(other, 19));
  expect(endOf(editor)).toEqual([
    "Nothing can be sent: again reads what was changed, or sent, meanwhile.",
    "Type again, drop 1, or back.",
  ]);
});

test("where only some can be sent both are said", () => {
  const editor = staged();
  editor.press("s");
  readList(editor, changed(one, 38), other);
  expect(endOf(editor).at(-1)).toBe("Type send, again, drop 1, or back.");
});

test("an app that is left out waits for nothing", () => {
  const editor = driveEditor([one]);
  editor.press("right", "8", "enter", "s", " ");
  expect(endOf(editor)).toEqual([
    "Nothing can be sent: every app is left out.",
    "Type drop 1, json, or back.",
  ]);
});
