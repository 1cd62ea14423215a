import { expect, test } from "vitest";
import { driveEditor, type EditorDriver } from "../../../test/editor-driver.ts";
import { loggedChange } from "../../../test/logged-change.ts";
import { listedApp, sampleId } from "../../../test/sample-apps.ts";
import { firstSort } from "../model/sort.ts";
import { isSettled } from "./is-settled.ts";

// A line is answered once all that it asked for has come.

const apps = [listedApp(0, "Workday"), listedApp(1, "Zoom")];

function settled(editor: EditorDriver): boolean {
  return isSettled(editor.state(), true);
}

test("R waits for the list and for the app, whichever comes first", () => {
  const editor = driveEditor(apps);
  editor.press("R");
  expect(settled(editor)).toBe(false);
  editor.read("refresh", listedApp(0, "Workday"));
  expect(settled(editor)).toBe(false);
  const { generation } = editor.state().list;
  editor.happen({ kind: "pageLoaded", generation, apps, count: 2 });
  editor.happen({ kind: "listLoaded", generation });
  expect(settled(editor)).toBe(true);
});

test("R in the review waits for all apps that it reads", () => {
  const editor = driveEditor(apps);
  editor.press("right", "8", "enter", "escape", "down", "right", "8", "enter", "s");
  const changes = [0, 1].map((index) =>
    loggedChange({ appId: sampleId(index), version: 8, before: {}, after: { failedUserCount: 9 } }),
  );
  editor.happen({ kind: "followed", followed: { kind: "changes", changes, areNew: true } });
  editor.press("R");
  editor.read("refresh", listedApp(0, "Workday", { failedUserCount: 9 }, 'W/"8"'));
  expect(settled(editor)).toBe(false);
  editor.read("refresh", listedApp(1, "Zoom", { failedUserCount: 9 }, 'W/"8"'));
  expect(settled(editor)).toBe(true);
});

test("the sort by what changed last waits for what changed last", () => {
  const editor = driveEditor(apps);
  editor.press("o", "c");
  expect(settled(editor)).toBe(false);
  editor.happen({ kind: "recentRead", recent: new Map(), purpose: "sort", sort: firstSort });
  expect(settled(editor)).toBe(true);
});
