import { expect, test } from "vitest";
import { driveEditor, driveEmptyEditor, type EditorDriver } from "../../../test/editor-driver.ts";
import { loggedChange } from "../../../test/logged-change.ts";
import { responded, unreachable } from "../../../test/failures.ts";
import { listedApp, sampleId } from "../../../test/sample-apps.ts";
import { firstSort } from "../model/sort.ts";
import { isSettled } from "./is-settled.ts";

// A line is answered once all that it asked for has come.

const apps = [listedApp(0, "Workday"), listedApp(1, "Zoom")];

function settled(editor: EditorDriver): boolean {
  return isSettled(editor.state(), { soughtDrafts: true, isPipe: false });
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

test.each([
  ["fails", responded(502), 4],
  ["is away", unreachable, 4],
  ["refuses", responded(403), 0],
])("a pipe waits for the first list of a server that %s, and not without end", (_, failure, tries) => {
  const editor = driveEmptyEditor();
  const isWaiting = (isPipe: boolean): boolean => !isSettled(editor.state(), { soughtDrafts: true, isPipe });
  const fail = (): void =>
    editor.happen({ kind: "listFailed", generation: editor.state().list.generation, failure });
  expect(isWaiting(true)).toBe(true);
  for (let count = 0; count < tries; count += 1) {
    fail();
    expect([isWaiting(true), isWaiting(false)]).toEqual([true, false]);
    editor.wait(60);
    expect([isWaiting(true), isWaiting(false)]).toEqual([true, false]);
  }
  fail();
  expect(isWaiting(true)).toBe(false);
});
