import { expect, test } from "vitest";
import { drawEditor } from "../../../../test/draw-editor.tsx";
import {
  driveEditor,
  driveEmptyEditor,
  large,
  small,
  usual,
  type EditorDriver,
} from "../../../../test/editor-driver.ts";
import { responded, timedOut, unreachable } from "../../../../test/failures.ts";
import { awkwardNames, listedApp, sampleId } from "../../../../test/sample-apps.ts";
import { glyphsFor } from "../../view/glyphs.ts";

const apps = [
  listedApp(1, "Google 給与計算システム 2.2", { failedDeviceCount: 16 }),
  listedApp(2, "Zoom Chrome Enterprise 3.3", { failedDeviceCount: 341 }),
  listedApp(3, "Adobe Workplace 👩‍💻 1.1", { failedDeviceCount: 9 }),
  listedApp(4, "Evil\u001b[2J App 1.0", { failedDeviceCount: 8 }),
];

/** The screen as text, without the blanks at the ends of its rows. */
function picture(editor: EditorDriver): string {
  return drawEditor(editor.state())
    .map((row) => row.trimEnd())
    .join("\n");
}

function acknowledge(editor: EditorDriver): void {
  const summary = listedApp(1, "", { failedDeviceCount: 8 }).installSummary;
  editor.happen({ kind: "patchAcknowledged", appId: sampleId(1), summary, etag: 'W/"8"' });
}

/** The editor with failed devices of the second app staged: 16 → 8. */
function staged(size = usual): EditorDriver {
  const editor = driveEditor(apps, size);
  editor.press("down", "right", "8", "enter");
  return editor;
}

function refused(status: number, message: string): Parameters<EditorDriver["happen"]>[0] {
  const failure = responded(status, { message, requestId: "5f0c-e1" });
  return { kind: "patchFailed", appId: sampleId(1), failure };
}

test("the review warns of what looks implausible, and sends it all the same", () => {
  const editor = driveEditor([listedApp(0)]);
  editor.press("right", "1", "6", "0", "0", "enter", "s");
  const rows = picture(editor).split("\n");
  expect(rows.slice(3, 6)).toEqual([
    "   ▸ Failed devices                     16 →         1,600            +1,584",
    "     ! 0.6 % of all devices before, 39 % after",
    "",
  ]);
  expect(rows.at(-1)).toContain("y send 1");
});

test("in the review n and N go to the lines that look odd, and pages are turned", () => {
  const many = Array.from({ length: 40 }, (_, index) => listedApp(index, `App ${100 + index}`));
  const editor = driveEditor(many);
  editor.press("right", "down", "escape");
  for (let index = 0; index < many.length; index += 1) {
    editor.press("right", ...(index % 20 === 3 ? ["9", "9", "9"] : ["7"]), "enter", "up", "escape", "down");
  }
  editor.press("s", "home");
  const title = (): string => picture(editor).split("\n")[0] ?? "";
  expect(title()).toBe(`${" Send 40 changes to 40 apps?  127.0.0.1:8420".padEnd(61)}2 ! · line 1 of 40`);
  editor.press("n");
  expect(title()).toMatch(/line 4 of 40$/);
  editor.press("n");
  expect(title()).toMatch(/line 24 of 40$/);
  editor.press("n", "N");
  expect(title()).toMatch(/line 24 of 40$/);
  editor.press("pageDown");
  expect(title()).toMatch(/line 32 of 40$/);
  editor.press("ctrl-u", "pageUp");
  expect(title()).toMatch(/line 16 of 40$/);
});

test("an app that is left out of the review stays staged, and says so", () => {
  const editor = staged();
  editor.press("s", " ");
  const rows = picture(editor).split("\n");
  expect(rows[0]).toBe(" Nothing to send  127.0.0.1:8420                                 1 app left out");
  expect(rows[2]).toBe("▸[ ] Google 給与計算システム 2.2 · Android  00000000       1 line, stays staged");
});

test("a server without ETags is named in the review: the last writer wins", () => {
  const editor = driveEditor([{ ...listedApp(1, "Unguarded"), etag: undefined }]);
  editor.press("right", "8", "enter", "s");
  expect(picture(editor)).toContain("no ETag: last writer wins");
  expect(picture(editor)).not.toContain("If-Match");
});

test("the results name the version that was made, and the command that undoes the change", () => {
  const editor = staged();
  editor.press("s", "y");
  acknowledge(editor);
  const rows = picture(editor).split("\n");
  expect(rows.slice(0, 7)).toEqual([
    " 1 sent",
    "",
    "▸✓ Google 給与計算システム 2.2 · Android  00000000      7 → 8  failed devices 8",
    "",
    " Undo (does nothing if the app has changed since):",
    `install-summary set ${sampleId(1)} failed=16 --if-match \\`,
    `  'W/"8"'`,
  ]);
  expect(rows.at(-1)).toBe(" ⏎ open app  u take back  c copy undo  R read again  Esc back  ? keys  q quit");
});

test("40×12: the results", () => {
  const editor = staged(small);
  editor.press("s", "y");
  acknowledge(editor);
  expect(picture(editor).split("\n").slice(0, 7)).toEqual([
    " 1 sent",
    "▸✓ Google 給与計算… · Android  00000000",
    "   7 → 8  failed devices 8",
    " Undo:",
    "install-summary set \\",
    `  ${sampleId(1)} \\`,
    `  failed=16 --if-match 'W/"8"'`,
  ]);
});

test("412: what someone else changed, what is there now, and what to do", () => {
  const editor = staged();
  editor.press("s", "y");
  editor.happen(refused(412, "The resource has changed since it was read."));
  const current = listedApp(1, "Google 給与計算システム 2.2", { failedDeviceCount: 18 }, 'W/"9"');
  editor.read("look", current);
  const text = picture(editor);
  expect(text).toContain(" 1 not applied                                                   all edits kept");
  expect(text).toContain("▸≠ Google 給与計算シス… · Android  00000000   7 → 9  failed devices changed too");
  expect(text).toContain("This app has changed: version 9 is there now, these edits are on version 7.");
  expect(text).toContain(" ≠ Failed devices                    16            18             8  both");
  expect(text).toContain("Everything stays staged. R reads it again; then s shows what would be sent.");
  expect(text.split("\n").at(-1)).toBe(
    " ⏎ open app  c copy report  s review (1)  R read again  Esc back  ? keys  q quit",
  );
});

test.each([
  [400, "Refused (400): 'failedDeviceCount' is odd.", "'failedDeviceCount' is odd.", "Correct the value"],
  [401, "Not signed in (401): It is expired.", "It is expired.", "t takes a new token."],
  [403, "Not allowed (403): No scope.", "No scope.", "DeviceManagementApps.ReadWrite.All"],
  [404, "Gone (404): No such app.", "No such app.", "c copies the edits and D drops them"],
])("%i: what happened, what to do, and the request's id", (status, said, message, advice) => {
  const editor = staged();
  editor.press("s", "y");
  editor.happen(refused(status, message));
  const text = picture(editor);
  expect(text).toContain(
    `▸✗ Google 給与計算システム 2.2 · Android  00000000            ${status}, still staged`,
  );
  expect(text).toContain(said);
  expect(text).toContain(advice);
  expect(text).toContain("request-id 5f0c-e1");
});

test("while nothing has come it says what is waited for and for how long", () => {
  const editor = driveEmptyEditor();
  expect(picture(editor)).toContain(" Connecting …");
  editor.wait(3);
  expect(picture(editor)).toContain(" Connecting … 3 s");
});

test("while the first list is on its way R says so, and is not offered", () => {
  const editor = driveEmptyEditor();
  editor.effects();
  expect(picture(editor)).not.toContain("R try again");
  editor.press("R");
  expect(editor.effects()).toEqual([]);
  expect(picture(editor)).toContain("The list is being read already.");
  const { generation } = editor.state().list;
  editor.happen({ kind: "pageLoaded", generation, apps, count: apps.length });
  editor.happen({ kind: "listLoaded", generation });
  expect(picture(editor)).not.toContain("being read");
  expect(picture(editor)).toContain("R read again");
});

test("while pages come the list is usable, and says that more will come", () => {
  const editor = driveEmptyEditor();
  editor.happen({ kind: "pageLoaded", generation: 1, apps, count: 200_000 });
  expect(picture(editor)).toContain("200,000 apps so far");
  expect(picture(editor)).toContain(" Reading 4 of 200,000 apps …");
  editor.press("/", "z");
  expect(picture(editor)).toContain(" / z▏");
  expect(picture(editor)).toContain("1 of 4 so far   Esc all");
});

test("without a connection it tries again by itself, and counts down", () => {
  const editor = driveEmptyEditor();
  editor.happen({ kind: "listFailed", generation: 1, failure: unreachable });
  expect(picture(editor)).toContain(
    " ✗ The server cannot be reached: nothing listens there (ECONNREFUSED).\n\n   Trying again in 1 s.\n",
  );
  editor.wait(1);
  expect(editor.effects()).toEqual([{ kind: "loadPages", generation: 2 }]);
  editor.happen({ kind: "listFailed", generation: 2, failure: unreachable });
  editor.wait(0.5);
  expect(picture(editor)).toContain("Trying again in 2 s.");
  editor.press("R");
  expect(editor.effects()).toEqual([{ kind: "loadPages", generation: 3 }]);
});

test("a server that fails is asked five times, then the person decides", () => {
  const editor = driveEmptyEditor();
  const failure = responded(503, { message: "Busy.", retryAfter: 8 });
  editor.happen({ kind: "listFailed", generation: 1, failure });
  expect(picture(editor)).toContain(
    " ✗ The server failed (503): Busy.\n\n   Trying again in 8 s (2 of 5).\n",
  );
  for (const generation of [2, 3, 4, 5]) {
    editor.wait(8);
    editor.happen({ kind: "listFailed", generation, failure });
  }
  expect(picture(editor)).toContain(" ✗ The server failed (503): Busy.\n\n   R tries again.\n");
  expect(picture(editor).split("\n").at(-1)).toBe(" R try again  c copy this  : commands  ? keys  q quit");
});

test("no apps, no match, no failures: each says what to do", () => {
  expect(picture(driveEditor([]))).toContain("install-summary-facade import FILE");
  const editor = driveEditor(apps);
  editor.press("/");
  editor.type("adobee");
  expect(picture(editor)).toContain('Nothing matches "adobee".');
  expect(picture(editor)).toContain("Backspace, or Esc shows all 4.");
  editor.happen({ kind: "paste", text: "many lines ".repeat(300) });
  expect(picture(editor)).toContain("Backspace, or Esc shows all 4.");
  const healthy = driveEditor([listedApp(1, "Fine", { failedDeviceCount: 0, failedUserCount: 0 })]);
  healthy.press("f");
  expect(picture(healthy)).toContain("No app has failures.");
});

test("questions name their keys, and nothing else does", () => {
  const editor = staged();
  editor.happen({ kind: "draftsFailed", reason: "the disk is full" });
  editor.press("q");
  expect(picture(editor).split("\n").slice(-2)).toEqual([
    " Quit and lose 1 staged change?",
    " y quit  Esc stay",
  ]);
  editor.press("escape", "c");
  expect(picture(editor).split("\n").slice(-2)).toEqual([
    " Copy as what?",
    " c curl  p PowerShell  j JSON  Esc back",
  ]);
});

test("what is copied stands at the left edge, to be selected", () => {
  const editor = staged();
  editor.press("c", "c");
  const rows = picture(editor).split("\n");
  expect(rows[0]).toBe(" Copied: curl, with the token in the variable TOKEN.");
  expect(rows).toContain(`  -d '{"failedDeviceCount":8}'`);
  expect(rows.join("\n")).not.toContain("Bearer e");
});

test("help knows where it was asked, and Tab shows the keys of all screens", () => {
  const editor = staged(large);
  editor.press("escape", "?");
  expect(picture(editor)).toMatch(/^ Keys in the list .*Esc back$/m);
  for (const word of ["filter", "sort", "undo, redo", "review", "suspend", "is:staged", "● staged"]) {
    expect(picture(editor)).toContain(word);
  }
  expect(picture(editor)).toContain("A number typed is only staged. Only s and then y send.");
  editor.press("escape", "s", "?");
  expect(picture(editor)).toMatch(/^ Keys in the review /m);
  expect(picture(editor)).toContain("Space");
  expect(picture(editor)).not.toContain("filter");
  editor.press("tab");
  expect(picture(editor)).toMatch(/^ Keys of all screens /m);
  const pages = [picture(editor)];
  editor.press("pageDown");
  pages.push(picture(editor));
  for (const title of ["In the list", "Among the counters", "In the review", "In the results"]) {
    expect(pages.join("\n")).toContain(`\n ${title}\n`);
  }
  expect(picture(editor)).not.toMatch(/ : {2}/);
});

test("the sort menu fits every width", () => {
  for (const size of [usual, small, large]) {
    const editor = driveEditor(apps, size);
    editor.press("o");
    const rows = picture(editor).split("\n");
    expect(rows).toHaveLength(size.rows);
    expect(rows.join(" ")).toMatch(/Sort by.*i installed.*r reverse/);
  }
});

test("a terminal that is too small says what it takes", () => {
  const editor = driveEditor(apps, { columns: 39, rows: 12 });
  expect(picture(editor)).toBe("at least 40×12");
});

test("a terminal without UTF-8 gets ASCII only, whatever is on the screen", () => {
  const editor = driveEditor(
    awkwardNames.map((name, index) => listedApp(index, name)),
    usual,
  );
  const expectASCII = (): void => {
    const rows = drawEditor(editor.state(), { glyphs: glyphsFor({ LANG: "C" }), colours: false });
    expect(rows.join("")).toMatch(/^[\u0020-\u007e]*$/);
  };
  const steps = [
    "right",
    "8",
    "enter",
    "x",
    "up",
    "-",
    "5",
    "enter",
    "R",
    "s",
    "c",
    "c",
    "escape",
    "y",
    "escape",
    "?",
  ];
  for (const key of steps) {
    editor.press(key);
    expectASCII();
  }
  editor.press("escape");
  const failure = responded(503, { message: "Später …" });
  editor.happen({ kind: "patchFailed", appId: sampleId(0), failure });
  expectASCII();
  editor.press("R");
  editor.read("refresh", listedApp(0, awkwardNames[0], { failedDeviceCount: 1 }, 'W/"9"'));
  expectASCII();
});

test.each([
  [2004, "1 9", "failed devices 2,004 → 19 (−1,985)"],
  [2004, "- 5", "failed devices 2,004 → 1,999 (by −5)"],
  [204_800, "0", "failed devices 204,800 → 0 (−204,800)"],
  [2_000_000_000, "1", "failed devices 2,000,000,000 → 1"],
])("80×24: what becomes of %i by typing %s is one line under the table", (failed, typed, words) => {
  const editor = driveEditor([listedApp(1, "Large", { failedDeviceCount: failed })]);
  editor.press("right", ...typed.split(" "));
  expect(picture(editor)).toContain(` │ ${words}\n`);
  editor.press("enter", "up");
  expect(picture(editor)).toContain(` │ ${words}\n`);
});

test.each([
  [
    "a server that nothing listens for",
    unreachable,
    "No connection to 127.0.0.1:8420: nothing listens there (ECONNREFUSED).\n Trying again in 1 s.",
  ],
  ["a timeout", timedOut, "127.0.0.1:8420: No response came in time. Trying again in 1 s."],
])("a list that cannot be read again names %s as that", (_what, failure, words) => {
  const editor = driveEditor([listedApp(0)]);
  editor.press("R");
  const { generation } = editor.state().list;
  editor.happen({ kind: "listFailed", generation, failure });
  editor.press("up");
  expect(picture(editor)).toContain(words);
  expect(picture(editor).includes("onnection")).toBe(failure === unreachable);
});
