import { expect, test } from "vitest";
import { driveEditor, driveEmptyEditor, usual, type EditorDriver } from "../../../test/editor-driver.ts";
import { responded } from "../../../test/failures.ts";
import { listedApp } from "../../../test/sample-apps.ts";
import type { Recent } from "../../changes/recent.ts";
import { currentApp } from "./app-list.ts";
import { firstSort } from "./sort.ts";
import type { KnownApp } from "../../words/known-app.ts";

const many = Array.from({ length: 60 }, (_, index) =>
  listedApp(index, `App ${String(index).padStart(2, "0")}`, { failedDeviceCount: (index * 37) % 60 }),
);

/** The names of the first apps of `many`, the most failures first. */
function sorted(count: number): readonly (string | null)[] {
  return many
    .slice(0, count)
    .toSorted((one, other) => other.installSummary.failedDeviceCount - one.installSummary.failedDeviceCount)
    .map((app) => app.displayName);
}

function names(editor: EditorDriver): readonly (string | null)[] {
  const { list } = editor.state();
  return Array.from(list.rows, (place) => list.apps[place]?.displayName ?? null);
}

test("pages are shown as they come, sorted, and the first row is the cursor's until the person moves", () => {
  const editor = driveEmptyEditor();
  const page = (from: number, to: number): void =>
    editor.happen({ kind: "pageLoaded", generation: 1, apps: many.slice(from, to), count: 60 });
  page(0, 20);
  expect(names(editor)).toEqual(sorted(20));
  expect(editor.state().list.complete).toBe(false);
  page(20, 60);
  expect(names(editor)).toEqual(sorted(60));
  expect(editor.state().list.cursorRow).toBe(0);
  editor.happen({ kind: "listLoaded", generation: 1 });
  expect(editor.state().list.complete).toBe(true);
});

test("while pages come in the person stays on the same app, at the same height of the screen", () => {
  const editor = driveEmptyEditor();
  editor.happen({ kind: "pageLoaded", generation: 1, apps: many.slice(0, 30), count: 60 });
  editor.press("pageDown", "down");
  const before = editor.state().list;
  const app = currentApp(before);
  editor.happen({ kind: "pageLoaded", generation: 1, apps: many.slice(30), count: 60 });
  const after = editor.state().list;
  expect(currentApp(after)).toBe(app);
  expect(after.cursorRow - after.top).toBe(before.cursorRow - before.top);
});

test.each([
  ["counters", ["right"]],
  ["a number that is typed", ["right", "7"]],
  ["the question how to copy", ["c"]],
])("the first app, which was not moved to, stays under %s while pages come in", (_, keys) => {
  const editor = driveEmptyEditor();
  editor.happen({ kind: "pageLoaded", generation: 1, apps: many.slice(0, 2), count: 60 });
  const first = currentApp(editor.state().list);
  editor.press(...keys);
  const { screen, question } = editor.state();
  editor.happen({ kind: "pageLoaded", generation: 1, apps: many.slice(2), count: 60 });
  editor.happen({ kind: "listLoaded", generation: 1 });
  expect(currentApp(editor.state().list)).toBe(first);
  expect(editor.state()).toMatchObject({ screen, question, notice: undefined });
});

test("the cursor stays inside the list, and the list scrolls as little as it takes", () => {
  const editor = driveEditor(many);
  editor.press("up");
  expect(editor.state().list).toMatchObject({ cursorRow: 0, top: 0 });
  editor.press("end", "down");
  expect(editor.state().list).toMatchObject({ cursorRow: 59, top: 60 - (usual.rows - 5) });
  editor.press("up", "up");
  expect(editor.state().list.top).toBe(60 - (usual.rows - 5));
  editor.press("home");
  expect(editor.state().list).toMatchObject({ cursorRow: 0, top: 0 });
});

test("reading the list again shows it only when it is whole, and keeps the filter and the app", () => {
  const editor = driveEditor(many);
  editor.press("/");
  editor.type("app 1");
  editor.press("enter", "down");
  const app = currentApp(editor.state().list);
  editor.press("R");
  const { generation } = editor.state().list;
  editor.happen({ kind: "pageLoaded", generation, apps: many.slice(0, 5), count: 60 });
  expect(currentApp(editor.state().list)).toBe(app);
  editor.happen({ kind: "pageLoaded", generation, apps: many.slice(5), count: 60 });
  editor.happen({ kind: "listLoaded", generation });
  expect(editor.state().list.filterText).toBe("app 1");
  expect(currentApp(editor.state().list)?.id).toBe(app?.id);
});

test("an app with staged edits stays in the list when the server no longer has it", () => {
  const editor = driveEditor(many.slice(0, 3));
  editor.press("right", "8", "enter", "escape", "R");
  const staged = [...editor.state().staging.apps.keys()];
  const { generation } = editor.state().list;
  const left = many.slice(0, 3).filter((app) => app.id !== staged[0]);
  editor.happen({ kind: "pageLoaded", generation, apps: left, count: 2 });
  editor.happen({ kind: "listLoaded", generation });
  expect(editor.state().list.apps.map((app) => app.id)).toContain(staged[0]);
});

test("the person's app stays under the cursor when it no longer passes the filter, or is gone", () => {
  const editor = driveEditor(many.slice(0, 5));
  editor.press("/");
  editor.type("failed>10");
  editor.press("enter", "down");
  const app = currentApp(editor.state().list);
  if (app === undefined) throw new Error("an app is shown");
  const readAgain = (apps: readonly KnownApp[]): void => {
    editor.press("R");
    const { generation } = editor.state().list;
    editor.happen({ kind: "pageLoaded", generation, apps, count: apps.length });
    editor.happen({ kind: "listLoaded", generation });
  };
  const fixed = { ...app, installSummary: { ...app.installSummary, failedDeviceCount: 0 } };
  readAgain(many.slice(0, 5).map((other) => (other.id === app.id ? fixed : other)));
  expect(currentApp(editor.state().list)).toEqual(fixed);
  readAgain(many.slice(0, 5).filter((other) => other.id !== app.id));
  expect(currentApp(editor.state().list)?.id).toBe(app.id);
  editor.press("/", "ctrl-u");
  editor.type("failed>10");
  expect(Array.from(editor.state().list.rows, (place) => editor.state().list.apps[place]?.id)).not.toContain(
    app.id,
  );
});

test("n and N go round the apps with staged edits", () => {
  const editor = driveEditor(many);
  const stage = (row: number): void => {
    editor.press("home");
    editor.type("j".repeat(row));
    editor.press("right", "8", "enter", "escape");
  };
  stage(2);
  stage(9);
  editor.press("home", "n");
  expect(editor.state().list.cursorRow).toBe(2);
  editor.press("n");
  expect(editor.state().list.cursorRow).toBe(9);
  editor.press("n");
  expect(editor.state().list.cursorRow).toBe(2);
  editor.press("N");
  expect(editor.state().list.cursorRow).toBe(9);
});

test("a person can sort by each column, by users, and in reverse", () => {
  const apps = [
    listedApp(0, "Beta", { installedDeviceCount: 5, installedUserCount: 1 }),
    listedApp(1, "alpha", { installedDeviceCount: 3, installedUserCount: 9 }),
    listedApp(2, "Gamma", { installedDeviceCount: 4, installedUserCount: 5 }),
  ];
  const editor = driveEditor(apps);
  editor.press("o", "i");
  expect(names(editor)).toEqual(["Beta", "Gamma", "alpha"]);
  editor.press("o", "u");
  expect(names(editor)).toEqual(["alpha", "Gamma", "Beta"]);
  editor.press("o", "r");
  expect(names(editor)).toEqual(["Beta", "Gamma", "alpha"]);
  editor.press("o", "m");
  expect(names(editor)).toEqual(["alpha", "Beta", "Gamma"]);
  editor.press("o", "escape");
  expect(editor.state().screen.name).toBe("list");
});

test("f shows only apps with failures, of devices or of users", () => {
  const apps = [
    listedApp(0, "None", { failedDeviceCount: 0, failedUserCount: 0 }),
    listedApp(1, "Devices", { failedDeviceCount: 1, failedUserCount: 0 }),
    listedApp(2, "Users", { failedDeviceCount: 0, failedUserCount: 1 }),
  ];
  const editor = driveEditor(apps);
  editor.press("f");
  expect(names(editor)).toEqual(["Devices", "Users"]);
  editor.press("f");
  expect(names(editor)).toHaveLength(3);
});

test("going to an app that the filter hides takes the filter away", () => {
  const editor = driveEditor(many);
  editor.press("right", "8", "enter", "escape", "/");
  const staged = currentApp(editor.state().list)?.id;
  editor.type("nothing has this name");
  editor.press("enter", "s", "enter");
  expect(editor.state().screen.name).toBe("counters");
  expect(currentApp(editor.state().list)?.id).toBe(staged);
  expect(editor.state().list.filterText).toBe("");
});

test("what changed last comes first, then the others by name", () => {
  const editor = driveEditor(many.slice(0, 5));
  editor.press("o", "c");
  expect(editor.effects()).toContainEqual({ kind: "readRecent", purpose: "sort", sort: firstSort });
  expect(names(editor)).toEqual(sorted(5));
  const recent = new Map([3, 1].map((at, age) => [many[at]?.id ?? "", 1000 - age]));
  editor.happen({ kind: "recentRead", recent, purpose: "sort", sort: firstSort });
  expect(names(editor)).toEqual(["App 03", "App 01", "App 00", "App 02", "App 04"]);
  expect(editor.state().notice?.text).toBe("Sorted by the latest 1,000 changes, of 2 apps, then by name.");
  editor.press("o", "r");
  expect(names(editor)).toEqual(["App 00", "App 02", "App 04", "App 01", "App 03"]);
});

test.each([
  ["the latest first", [], ["App 04", "App 03", "App 00", "App 01", "App 02"]],
  ["in reverse", ["o", "r"], ["App 00", "App 01", "App 02", "App 03", "App 04"]],
])("R reads what changed last too, and keeps the order as it is: %s", (_, keys, expected) => {
  const editor = driveEditor(many.slice(0, 5));
  editor.press("o", "c");
  const recent = new Map([[many[3]?.id ?? "", 1000]]);
  editor.happen({ kind: "recentRead", recent, purpose: "sort", sort: firstSort });
  editor.press(...keys);
  const { sort } = editor.state().list;
  editor.effects();
  editor.press("R");
  expect(editor.effects()).toContainEqual({ kind: "readRecent", purpose: "refresh", sort });
  const newer = new Map([4, 3].map((at, age) => [many[at]?.id ?? "", 1000 - age]));
  editor.happen({ kind: "recentRead", recent: newer, purpose: "refresh", sort });
  expect(names(editor)).toEqual(expected);
});

test("a sort by what changed last that the person asks for puts the latest first, whatever key comes before it", () => {
  const editor = driveEditor(many.slice(0, 5));
  const changed = (...at: readonly number[]): Recent =>
    new Map(at.map((place, age) => [many[place]?.id ?? "", 1000 - age]));
  editor.press("o", "c");
  editor.happen({ kind: "recentRead", recent: changed(3), purpose: "sort", sort: firstSort });
  editor.press("o", "r");
  const { sort } = editor.state().list;
  editor.press("o", "c", "down");
  editor.happen({ kind: "recentRead", recent: changed(4, 3), purpose: "sort", sort });
  expect(names(editor)).toEqual(["App 04", "App 03", "App 00", "App 01", "App 02"]);
});

test("what is said to be read is not said any more once it has come, or could not be read", () => {
  const editor = driveEditor(many.slice(0, 5));
  editor.press("o", "c");
  expect(editor.state().notice?.text).toBe("Reading what changed last …");
  editor.press("o", "m", "R");
  expect(editor.state().notice?.text).toBe("Reading again …");
  const { generation } = editor.state().list;
  editor.happen({ kind: "listFailed", generation, failure: responded(503) });
  expect(editor.state().notice?.text).toBe("Reading again …");
  const [app] = editor.state().list.apps;
  editor.happen({ kind: "readFailed", purpose: "refresh", appId: app?.id ?? "", failure: responded(503) });
  expect(editor.state().notice?.text).toContain("Not read again.");
});

test("what changed last never takes a person off the app whose numbers are open", () => {
  const editor = driveEditor(many.slice(0, 5));
  editor.press("o", "c", "right", "8");
  const app = currentApp(editor.state().list);
  editor.happen({
    kind: "recentRead",
    recent: new Map([[many[3]?.id ?? "", 1000]]),
    purpose: "sort",
    sort: firstSort,
  });
  expect(currentApp(editor.state().list)).toBe(app);
  expect(editor.state().screen).toEqual({ name: "entry", text: "8" });
});

test("what changed last leaves a person who is on an app on it, however late it comes", () => {
  const editor = driveEditor(many.slice(0, 5));
  editor.press("o", "c", "down", "down");
  const app = currentApp(editor.state().list);
  editor.happen({
    kind: "recentRead",
    recent: new Map([[many[3]?.id ?? "", 1000]]),
    purpose: "sort",
    sort: firstSort,
  });
  expect(names(editor)[0]).toBe("App 03");
  expect(currentApp(editor.state().list)).toBe(app);
  expect(editor.state().notice?.text).toContain("g goes to the top.");
});

test("an order that is chosen while what changed last is read stays", () => {
  const editor = driveEditor(many.slice(0, 5));
  editor.press("o", "c", "o", "m");
  const before = editor.state();
  editor.happen({
    kind: "recentRead",
    recent: new Map([[many[3]?.id ?? "", 1000]]),
    purpose: "sort",
    sort: firstSort,
  });
  expect(names(editor)).toEqual(["App 00", "App 01", "App 02", "App 03", "App 04"]);
  expect(editor.state().list).toBe(before.list);
});

test("a server without a log of changes is told, and the order stays", () => {
  const editor = driveEditor(many.slice(0, 5));
  editor.press("o", "c");
  editor.happen({ kind: "recentFailed", failure: responded(404) });
  expect(names(editor)).toEqual(sorted(5));
  expect(editor.state().notice).toEqual({
    tone: "wrong",
    text: "This server keeps no log of changes, so the order stays as it was.",
  });
});

test("many small pages are all shown in the end, in order, and a change in between is kept", () => {
  const editor = driveEmptyEditor();
  for (let at = 0; at < many.length; at += 3) {
    editor.happen({ kind: "pageLoaded", generation: 1, apps: many.slice(at, at + 3), count: 60 });
    if (at === 30) {
      const app = many[32];
      if (app === undefined) throw new Error("there are 60 apps");
      editor.read("refresh", { ...app, etag: 'W/"8"' });
    }
  }
  editor.happen({ kind: "listLoaded", generation: 1 });
  expect(names(editor)).toEqual(sorted(60));
  expect(editor.state().list.apps.map(({ etag }) => etag)).toEqual(
    many.map((_, at) => (at === 32 ? 'W/"8"' : 'W/"7"')),
  );
});
