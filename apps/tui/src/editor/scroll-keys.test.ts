import { expect, test } from "vitest";
import { drawEditor } from "../../test/draw-editor.tsx";
import { driveEditor, small, usual, type EditorDriver } from "../../test/editor-driver.ts";
import { responded, timedOut, unreachable } from "../../test/failures.ts";
import { listedApp, sampleId } from "../../test/sample-apps.ts";

const apps = [0, 1, 2].map((index) => listedApp(index, `App 0${index}`));

function rowsOf(editor: EditorDriver): readonly string[] {
  return drawEditor(editor.state()).map((row) => row.trimEnd());
}

/** An edit of each of the first `count` apps is sent, and refused with 412 since others have changed all ten counters. */
function conflicts(count: number): EditorDriver {
  const editor = driveEditor(apps.slice(0, count), small);
  for (let index = 0; index < count; index += 1) {
    editor.press("right", "8", "enter", "escape", "down");
  }
  editor.press("s", "y");
  for (const { id, ...app } of apps.slice(0, count)) {
    const counters = Object.fromEntries(
      Object.entries(app.installSummary).map(([name, value]) => [
        name,
        typeof value === "number" ? value + 1 : value,
      ]),
    );
    const theirs = { ...app, id, installSummary: { ...app.installSummary, ...counters }, etag: 'W/"9"' };
    editor.happen({ kind: "patchFailed", appId: id, failure: responded(412, { requestId: "5f0c-e1" }) });
    editor.read("look", theirs);
  }
  return editor;
}

/** Everything that is seen by pressing a key until the first page is back. */
function pages(editor: EditorDriver, key: string): readonly string[] {
  const first = rowsOf(editor).join("\n");
  const seen = [first];
  for (let count = 0; count < 30; count += 1) {
    editor.press(key);
    const page = rowsOf(editor).join("\n");
    if (page === first) return seen;
    seen.push(page);
  }
  throw new Error("the pages do not come round");
}

test("40×12: Space shows all of a conflict, page by page, and says where one is", () => {
  for (const count of [1, 3]) {
    const editor = conflicts(count);
    const seen = pages(editor, " ");
    expect(seen[0]).toContain("Space goes on");
    expect(seen[0]).toMatch(/lines 1-\d+ of \d+/);
    const all = seen.join("\n");
    for (const text of [
      "Installed devices",
      "Failed devices",
      "Pending users",
      "Everything stays staged.",
      "5f0c-e1",
    ]) {
      expect(all).toContain(text);
    }
  }
});

test("40×12: with one result the keys that move scroll what is said of it, and stop at its ends", () => {
  const editor = conflicts(1);
  const first = rowsOf(editor);
  editor.press("end");
  const last = rowsOf(editor);
  expect(last.join("\n")).toContain("5f0c-e1");
  editor.press("down", "pageDown", "down");
  expect(rowsOf(editor)).toEqual(last);
  editor.press("up");
  expect(rowsOf(editor)).not.toEqual(last);
  editor.press("g");
  expect(rowsOf(editor)).toEqual(first);
});

test("with several results ↓ goes to the next one, whose details begin at their start", () => {
  const editor = conflicts(3);
  editor.press(" ", "down");
  expect(editor.state().screen).toMatchObject({ line: 1, top: 0 });
  expect(rowsOf(editor)[0]).toContain("2 of 3");
});

test("help and what was copied say which lines are shown, and one key back from the end is one line back", () => {
  const editor = driveEditor(apps, small);
  editor.press("?");
  const total = Number(/lines 1-8 of (\d+)/.exec(rowsOf(editor)[0] ?? "")?.[1]);
  for (let count = 0; count < 50; count += 1) editor.press("pageDown");
  expect(rowsOf(editor)[0]).toContain(`lines ${total - 7}-${total} of ${total}`);
  editor.press("up");
  expect(rowsOf(editor)[0]).toContain(`lines ${total - 8}-${total - 1} of ${total}`);
  editor.press("escape", "c", "p");
  expect(rowsOf(editor).join("\n")).toMatch(/ lines 1-\d of \d/);
  editor.press("G");
  expect(rowsOf(editor).join("\n")).toContain("Authorization");
});

test("where all of a text is shown a key that scrolls says so", () => {
  const editor = driveEditor(apps, usual);
  editor.press("c", "c", "down");
  expect(editor.state().notice?.text).toBe("All of it is shown.");
});

test("a list that is longer than its screen says in which row the cursor is", () => {
  const many = Array.from({ length: 60 }, (_, index) => listedApp(index));
  const editor = driveEditor(many);
  editor.press("down", "down");
  expect(rowsOf(editor)[1]).toMatch(/─ 3 of 60 ─┬─/);
  const narrow = driveEditor(many, small);
  expect(rowsOf(narrow)[1]).toMatch(/^─+ 1 of 60 ─$/);
  expect(rowsOf(driveEditor(apps))[1]).toMatch(/^─+┬─+$/);
});

test("one change that no response confirmed asks whether it was applied, and shows before, sent and now", () => {
  const editor = driveEditor(apps.slice(0, 1));
  editor.press("right", "8", "enter", "s", "y");
  editor.happen({ kind: "patchFailed", appId: sampleId(0), failure: timedOut });
  editor.wait(1);
  editor.read("look", listedApp(0, "App 00", { failedDeviceCount: 8, pendingInstallUserCount: 1 }, 'W/"8"'));
  const rows = rowsOf(editor);
  expect(rows[0]).toBe(" Was it applied?  App 00 · Windows  00000000                             1 sent");
  expect(rows).toContain("                                 before          sent           now");
  expect(rows).toContain(" · Pending users                    272             ·             1  changed");
  expect(rows).toContain("   8 others                                                          unchanged");
  expect(rows.join("\n")).toContain("Version 8 has your values; other counters were changed too.");
});

test("a change that was refused and whose app was read again is never told as not sent", () => {
  const editor = conflicts(3);
  editor.press("R");
  for (const app of apps) editor.read("refresh", { ...app, etag: 'W/"9"' });
  expect(rowsOf(editor)[0]).toContain("3 not applied");
});

test("changes that never reached the server are told as not sent, not as refused", () => {
  const editor = driveEditor(apps, usual);
  for (const _ of apps) editor.press("right", "8", "enter", "escape", "down");
  editor.press("s", "y");
  editor.happen({ kind: "patchFailed", appId: sampleId(0), failure: unreachable });
  for (const { id } of apps.slice(1)) editor.happen({ kind: "patchFailed", appId: id, failure: unreachable });
  const rows = rowsOf(editor);
  expect(rows[0]).toContain("3 not sent");
  expect(rows[2]).toMatch(/^ ✗ 3 not sent +still staged; s sends them/);
});

test("under an entry that is refused only keys that work are named", () => {
  const editor = driveEditor(apps, usual);
  editor.press("right", "1", ".", "5");
  expect(rowsOf(editor).at(-1)).toBe(" 0-9 go on  Backspace correct  Ctrl-U empty  Esc drop");
  editor.press("ctrl-u", "5");
  expect(rowsOf(editor).at(-1)).toBe(" ⏎ stage and down  Tab next  Esc drop");
});
