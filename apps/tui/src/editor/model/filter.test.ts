import { expect, test } from "vitest";
import { drawEditor } from "../../../test/draw-editor.tsx";
import { driveEditor, large, small, usual } from "../../../test/editor-driver.ts";
import { unreachable } from "../../../test/failures.ts";
import { awkwardNames, listedApp } from "../../../test/sample-apps.ts";
import { parseFilter } from "../../find/filter.ts";
import { matchedRanges } from "../../find/marks.ts";
import type { KnownApp } from "../../words/known-app.ts";

const apps: readonly KnownApp[] = [
  listedApp(1, "Adobe Acrobat Reader DC", { failedDeviceCount: 3, failedUserCount: 0 }),
  listedApp(2, "Adobe AutoCAD 14.4", { failedDeviceCount: 0, failedUserCount: 0 }),
  listedApp(3, "Visual Studio Code", { failedDeviceCount: 30 }),
  listedApp(4, "Google 給与計算システム 2.2", { failedDeviceCount: 16 }),
  listedApp(5, "שלום Café 12.2", { failedDeviceCount: 9 }),
  listedApp(6, "Workplace 👩‍💻 Toolkit", { failedDeviceCount: 8 }),
];

function shown(text: string): readonly (string | null)[] {
  const editor = driveEditor(apps);
  editor.press("/");
  editor.type(text);
  const { list } = editor.state();
  return Array.from(list.rows, (place) => list.apps[place]?.displayName ?? null);
}

test.each([
  ["acrbt", ["Adobe Acrobat Reader DC"]],
  ["vscode", ["Visual Studio Code"]],
  ["adobee", []],
  ["reader adobe", ["Adobe Acrobat Reader DC"]],
  ["給与", ["Google 給与計算システム 2.2"]],
  ["שלום", ["שלום Café 12.2"]],
  ["👩‍💻", ["Workplace 👩‍💻 Toolkit"]],
  ["000000000003", ["Visual Studio Code"]],
  ["failed>10", ["Visual Studio Code", "Google 給与計算システム 2.2"]],
  ["failed<=3 adobe", ["Adobe Acrobat Reader DC", "Adobe AutoCAD 14.4"]],
  ["users.failed=0 failed=3", ["Adobe Acrobat Reader DC"]],
  ["platform:android", ["שלום Café 12.2", "Adobe Acrobat Reader DC"]],
  ["adobe macos", []],
  ["adobe iOS", ["Adobe AutoCAD 14.4"]],
  ["macos", ["Visual Studio Code"]],
  ["Visual macos", ["Visual Studio Code"]],
  ["visual Mac", ["Visual Studio Code"]],
  ["adobe andr", ["Adobe Acrobat Reader DC"]],
  ["publisher:google", ["Google 給与計算システム 2.2"]],
  ["is:failing adobe", ["Adobe Acrobat Reader DC"]],
  ["is:staged", []],
  ["is:unknown", []],
  ["adobe failed>", ["Adobe Acrobat Reader DC", "Adobe AutoCAD 14.4"]],
  ["adobe platform:", ["Adobe Acrobat Reader DC", "Adobe AutoCAD 14.4"]],
  ["adobe is:st", ["Adobe Acrobat Reader DC", "Adobe AutoCAD 14.4"]],
  ["\\ ( [", []],
])("the filter %j shows %j", (text, names) => {
  expect(shown(text)).toEqual(names);
});

test.each([
  ["what is typed takes its place", ["v", "s"], "vs"],
  ["Backspace empties it", ["backspace"], ""],
  ["→ goes on behind it", ["right", "x"], "adobex"],
  ["Enter keeps it", ["enter"], "adobe"],
  ["Ctrl-W takes its last word, and typing goes on", ["ctrl-w", "x"], "x"],
  ["it is still selected after the list was moved in", ["down", "v"], "v"],
])("/ on a filter that was kept selects it: %s", (_what, keys, text) => {
  const editor = driveEditor(apps);
  editor.press("/");
  editor.type("adobe");
  editor.press("enter", "/");
  expect(editor.state().list.filterText).toBe("adobe");
  expect(drawEditor(editor.state()).at(-1)).toContain("text replaces it  → add to it");
  editor.press(...keys);
  expect(editor.state().list.filterText).toBe(text);
});

test("a paste takes the place of a filter that was kept too", () => {
  const editor = driveEditor(apps);
  editor.press("/", "a", "enter", "/");
  editor.happen({ kind: "paste", text: "vscode" });
  expect(editor.state().list.filterText).toBe("vscode");
});

test("the best match comes first", () => {
  expect(shown("auto")[0]).toBe("Adobe AutoCAD 14.4");
});

test("while the best match comes first no column is shown as the one that sorts", () => {
  const editor = driveEditor(apps, large);
  const head = (): string => drawEditor(editor.state()).find((row) => row.includes("Share")) ?? "";
  expect(head()).toContain("Failed ↓");
  editor.press("/");
  editor.type("adobe");
  editor.press("enter");
  expect(head()).toMatch(/Failed +Share/);
});

test("is:staged shows the apps with staged edits", () => {
  const editor = driveEditor(apps);
  editor.press("enter", "8", "enter", "escape", "/");
  editor.type("is:staged");
  expect(editor.state().list.rows).toHaveLength(1);
});

test("a lost connection is told beside what is wrong with the filter", () => {
  for (const size of [small, usual]) {
    const editor = driveEditor(apps, size);
    editor.press("/");
    editor.type("adobe faild>10");
    editor.press("enter", "R");
    editor.happen({ kind: "listFailed", generation: editor.state().list.generation, failure: unreachable });
    const rows = drawEditor(editor.state());
    expect(rows).toHaveLength(size.rows);
    expect(rows.join(" ").replaceAll(/\s+/g, " ")).toMatch(
      /faild>10 is searched for as text\. .* No connection to 127\.0\.0\.1:8420/,
    );
  }
});

test.each([["failed>"], ["adobe -is:fail"], ["platform:"]])(
  "a kept filter says that its unfinished test leaves nothing out, and one that is being typed does not: %s",
  (text) => {
    const editor = driveEditor(apps);
    const screen = (): string => drawEditor(editor.state()).join(" ").replaceAll(/\s+/g, " ");
    editor.press("/");
    editor.type(text);
    expect(screen()).not.toContain("leaves nothing out");
    editor.press("enter");
    const unfinished = text.split(" ").at(-1) ?? "";
    expect(screen()).toContain(`${unfinished} leaves nothing out: its value is incomplete.`);
  },
);

test("an unknown token is a word", () => {
  expect(parseFilter("adobe 2.2 is:odd fail>3 failed>x").words).toBe("adobe 2.2 is:odd fail>3 failed>x");
});

test("the letters that matched are known, wherever they stand", () => {
  expect(matchedRanges("Adobe Acrobat Reader", "acrbt")).toEqual([
    [6, 9],
    [10, 11],
    [12, 13],
  ]);
  expect(matchedRanges("Google 給与計算", "給与")).toEqual([[7, 9]]);
  expect(matchedRanges("Visual Studio Code", "vscode")).toEqual([
    [0, 1],
    [7, 8],
    [14, 15],
    [15, 16],
    [16, 17],
    [17, 18],
  ]);
  expect(matchedRanges("Adobe", "")).toEqual([]);
});

test("no name and no text make the search throw", () => {
  for (const name of awkwardNames) {
    for (const words of [...awkwardNames, "-", '"', "-x", "İ", "𠮷", "'s", "^$|"]) {
      expect(Array.isArray(matchedRanges(name, words))).toBe(true);
    }
  }
});
