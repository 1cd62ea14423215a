import { counterNames } from "@install-summary/core";
import { expect, test } from "vitest";
import { drawEditor } from "../../test/draw-editor.tsx";
import { driveEditor, type EditorDriver } from "../../test/editor-driver.ts";
import { listedApp, sampleId } from "../../test/sample-apps.ts";
import { requestsOf } from "./model/review.ts";

const apps = [listedApp(0, "App 00"), listedApp(1, "App 01")];

/** The editor with the cursor on the failed devices of the first app. */
function atFailed(): EditorDriver {
  const editor = driveEditor(apps);
  editor.press("right");
  return editor;
}

function edits(editor: EditorDriver): unknown {
  return editor.state().staging.apps.get(sampleId(0))?.edits;
}

test("a digit starts an entry, Enter stages it and goes down", () => {
  const editor = atFailed();
  editor.press("8");
  expect(editor.state().screen).toEqual({ name: "entry", text: "8" });
  editor.press("enter");
  expect(edits(editor)).toEqual({ failedDeviceCount: 8 });
  expect(editor.state().counter).toBe("notApplicableDeviceCount");
  expect(editor.state().notice?.text).toBe("Staged: failed devices 16 → 8 (−8).");
});

test("a relative entry stays relative", () => {
  const editor = atFailed();
  editor.press("+", "5", "tab");
  expect(edits(editor)).toEqual({ failedDeviceCount: { add: 5 } });
  expect(editor.state().counter).toBe("failedUserCount");
  expect(requestsOf(editor.state())).toMatchObject([{ patch: { failedDeviceCount: 21 } }]);
});

test.each(["enter", "tab", "shift-tab", "up", "down"])(
  "%s does not leave an entry that is refused",
  (key) => {
    const editor = atFailed();
    editor.type("1.5");
    editor.press(key);
    expect(editor.state().screen).toEqual({ name: "entry", text: "1.5" });
    editor.press("backspace", "backspace", key);
    expect(edits(editor)).toEqual({ failedDeviceCount: 1 });
  },
);

test("Esc drops what is being typed, and only that", () => {
  const editor = atFailed();
  editor.press("8", "enter", "up", "9", "escape");
  expect(edits(editor)).toEqual({ failedDeviceCount: 8 });
  expect(editor.state().screen.name).toBe("counters");
});

test("the value that is there is no edit, and x makes a counter as it was", () => {
  const editor = atFailed();
  editor.press("1", "6", "enter");
  expect(edits(editor)).toBeUndefined();
  editor.press("up", "8", "enter", "up", "x");
  expect(edits(editor)).toBeUndefined();
  editor.press("u");
  expect(edits(editor)).toEqual({ failedDeviceCount: 8 });
});

test("Enter on a counter edits what is staged there", () => {
  const editor = atFailed();
  editor.press("-", "3", "enter", "up", "enter");
  expect(editor.state().screen).toEqual({ name: "entry", text: "-3" });
});

test("a table of five lines and two columns goes in as it is on the screen, and the message says in which order", () => {
  const editor = atFailed();
  editor.happen({ kind: "paste", text: "1\t2\n3\t4\n5\t6\n7\t8\n9\t10" });
  expect(edits(editor)).toMatchObject({ failedDeviceCount: 3, failedUserCount: 4, installedUserCount: 2 });
  expect(editor.state().notice?.text).toBe("Pasted as devices 1 3 5 7 9, users 2 4 6 8 10. u undoes it.");
});

test("Esc and the key after it that arrive together drop the entry", () => {
  const editor = atFailed();
  editor.press("8", "escape", "down");
  expect(edits(editor)).toBeUndefined();
  expect(editor.state().counter).toBe("notApplicableDeviceCount");
});

test("a letter in an entry is refused with what to do first", () => {
  const editor = atFailed();
  editor.press("8", "s");
  expect(editor.state().screen).toEqual({ name: "entry", text: "8" });
  expect(editor.state().notice?.text).toBe("s is no part of a number: Enter stages it, Esc drops it.");
  editor.press("pageDown");
  expect(editor.state().notice?.text).toBe("A number is being typed: Enter stages it, Esc drops it.");
});

test("an exponent that is typed is refused, and not left out: 1e3 is never 13", () => {
  const editor = atFailed();
  for (const typed of ["1e3", "1E3", "+1e+3"]) {
    editor.type(typed);
    editor.press("enter");
    expect(editor.state().screen).toEqual({ name: "entry", text: typed });
    expect(editor.state().notice?.text).toMatch(/^Not staged: /);
    editor.press("escape");
  }
});

test("a number that is too long is told, typed or pasted", () => {
  const editor = atFailed();
  editor.happen({ kind: "paste", text: "9".repeat(400) });
  expect(editor.state().notice?.text).toBe(
    "Nothing pasted. No counter has a number of more than 24 characters.",
  );
  editor.type("9".repeat(25));
  expect(editor.state().notice?.text).toBe("No counter has a number of more than 24 characters.");
});

test("a sign alone is neither wrong nor staged", () => {
  const editor = atFailed();
  editor.press("-", "enter");
  expect(editor.state().screen).toEqual({ name: "entry", text: "-" });
  expect(editor.state().notice?.text).toBe("Take off how much? Esc drops it.");
});

test("ten numbers pasted are one step", () => {
  const editor = atFailed();
  editor.happen({ kind: "paste", text: "1\t2\t3\t4\t5\t6\t7\t8\t9\t10" });
  expect(edits(editor)).toEqual(Object.fromEntries(counterNames.map((name, index) => [name, index + 1])));
  expect(editor.state().notice?.text).toBe("Pasted as devices 1 2 3 4 5, users 6 7 8 9 10. u undoes it.");
  editor.press("u");
  expect(edits(editor)).toBeUndefined();
});

test.each([
  ["an empty patch", "{}", "Nothing pasted: it names no counter."],
  ["a value that is there", '{"failedUserCount":8}', "Nothing pasted: all of it is there or staged already."],
  [
    "a value that is staged",
    '{"failedDeviceCount":8}',
    "Nothing pasted: all of it is there or staged already.",
  ],
  [
    "ten numbers that are there or staged",
    "2080 8 272 72 48 2176 8 184 68 272",
    "Nothing pasted: all of it is there or staged already.",
  ],
])("a paste that changes nothing is no step for undo: %s", (_what, text, told) => {
  const editor = atFailed();
  editor.press("8", "enter");
  const { staging } = editor.state();
  editor.happen({ kind: "paste", text });
  expect(editor.state().notice?.text).toBe(told);
  expect(editor.state().staging).toBe(staging);
  editor.press("u");
  expect(editor.state().notice?.text).toBe("Undone: failed devices. (App 00 · Windows (00000000))");
  expect(edits(editor)).toBeUndefined();
});

test("a paste says how many counters it puts back", () => {
  const editor = atFailed();
  editor.press("8", "enter");
  editor.happen({ kind: "paste", text: '{"failedDeviceCount":16}' });
  expect(editor.state().notice?.text).toBe("Pasted: 1 counter is as before. u undoes it.");
  editor.press("u");
  expect(edits(editor)).toEqual({ failedDeviceCount: 8 });
  editor.happen({
    kind: "paste",
    text: '{"failedDeviceCount":16,"failedUserCount":9,"installedUserCount":9}',
  });
  expect(editor.state().notice?.text).toBe(
    "Pasted: 2 counters are staged, 1 counter is as before. u undoes it.",
  );
});

test("an app as get prints it is pasted, and said to be of another version where it is", () => {
  const editor = atFailed();
  const { id, etag } = listedApp(0, "App 00");
  const printed = { id, displayName: "App 00", etag, summary: { id, failedDeviceCount: 8 } };
  editor.happen({ kind: "paste", text: JSON.stringify(printed, undefined, 2) });
  expect(editor.state().notice?.text).toBe("Pasted: 1 counter is staged. u undoes it.");
  expect(edits(editor)).toEqual({ failedDeviceCount: 8 });
  editor.happen({ kind: "paste", text: JSON.stringify({ ...printed, etag: etag?.replace("W/", "") }) });
  expect(editor.state().notice?.tone).not.toBe("wrong");
  editor.happen({ kind: "paste", text: JSON.stringify({ ...printed, etag: "3" }) });
  expect(editor.state().notice).toMatchObject({
    tone: "wrong",
    text: expect.stringMatching(/ The values are of version 3, and the app is version \d+\.$/),
  });
});

test("a paste with a fault stages nothing and says why", () => {
  const editor = atFailed();
  editor.happen({ kind: "paste", text: "1 2 3 4 5 6 7 8 9 x" });
  expect(edits(editor)).toBeUndefined();
  expect(editor.state().notice).toEqual({ tone: "wrong", text: "Nothing pasted. x: must be a whole number" });
});

test("a JSON patch pasted leaves the other edits alone", () => {
  const editor = atFailed();
  editor.press("8", "enter");
  editor.happen({ kind: "paste", text: '{"failedUserCount": 1}' });
  expect(edits(editor)).toEqual({ failedDeviceCount: 8, failedUserCount: 1 });
});

test("one number pasted goes into the cell and is staged by the person", () => {
  const editor = atFailed();
  editor.happen({ kind: "paste", text: "1,204\n" });
  expect(editor.state().screen).toEqual({ name: "entry", text: "1,204" });
  editor.press("enter");
  expect(edits(editor)).toEqual({ failedDeviceCount: 1204 });
});

test("undo and redo go to what they change", () => {
  const editor = atFailed();
  editor.press("8", "enter", "escape", "down", "u");
  expect(editor.state().list.cursorId).toBe(sampleId(0));
  expect(editor.state().counter).toBe("failedDeviceCount");
  expect(editor.state().notice?.text).toBe("Undone: failed devices. (App 00 · Windows (00000000))");
  editor.press("ctrl-r");
  expect(edits(editor)).toEqual({ failedDeviceCount: 8 });
});

test("D drops the edits of an app after a y, and u brings them back", () => {
  const editor = atFailed();
  editor.press("8", "enter", "9", "enter", "D", "D");
  expect(edits(editor)).toBeDefined();
  editor.press("D", "y");
  expect(edits(editor)).toBeUndefined();
  editor.press("u");
  expect(edits(editor)).toEqual({ failedDeviceCount: 8, notApplicableDeviceCount: 9 });
});

test("in the review d drops the line, and the last one leads back", () => {
  const editor = atFailed();
  editor.press("8", "enter", "9", "enter", "s", "d");
  expect(editor.state().screen.name).toBe("review");
  editor.press("d");
  expect(editor.state().screen.name).toBe("counters");
  expect(editor.state().staging.apps.size).toBe(0);
});

test("in the review u names the app whose edit it takes away, and the person stays on the line", () => {
  const editor = driveEditor(apps);
  editor.press("right", "8", "enter", "9", "enter", "escape", "down", "right", "7", "enter", "s");
  editor.press("home", "down");
  const line = { appId: sampleId(0), counter: "notApplicableDeviceCount" };
  expect(editor.state().screen).toMatchObject({ name: "review", line });
  editor.press("u");
  expect(editor.state().screen).toMatchObject({ name: "review", line });
  expect(editor.state().notice?.text).toContain("(App 01 · ");
  editor.press("u");
  expect(editor.state().screen).toMatchObject({ line: { ...line, counter: "failedDeviceCount" } });
  editor.press("ctrl-r");
  expect(editor.state().screen).toMatchObject({ line });
});

test("in the review e goes back to the entry, and s from there to the review", () => {
  const editor = atFailed();
  editor.press("8", "enter", "escape", "s", "e");
  expect(editor.state().screen).toEqual({ name: "entry", text: "8" });
  editor.press("0", "enter", "s");
  expect(edits(editor)).toEqual({ failedDeviceCount: 80 });
});

test("y sends nothing outside the review", () => {
  const editor = atFailed();
  editor.press("8", "enter", "y", "escape", "y");
  expect(editor.effects()).toEqual([]);
});

test("q keeps what is staged in a draft, and quits", () => {
  const editor = atFailed();
  editor.press("8", "enter", "q");
  expect(editor.effects()).toEqual([{ kind: "quit", exitCode: 0 }]);
  expect([...editor.disk().values()]).toEqual([expect.stringContaining('"edits":{"failedDeviceCount":8}')]);
});

test("quitting asks when drafts cannot be kept, and no key both asks and answers", () => {
  const editor = withoutDrafts();
  editor.press("8", "enter", "q", "q");
  expect(editor.effects()).toEqual([]);
  editor.press("q", "y");
  expect(editor.effects()).toEqual([{ kind: "quit", exitCode: 0 }]);
});

test("Ctrl-C twice loses nothing: the first asks, the second asks for y", () => {
  const editor = withoutDrafts();
  editor.press("8", "enter", "ctrl-c", "ctrl-c", "ctrl-c");
  expect(editor.effects()).toEqual([]);
  expect(drawEditor(editor.state()).join("\n")).toContain(
    "y quits and loses 1 staged change; Ctrl-C does not.",
  );
  editor.press("y");
  expect(editor.effects()).toEqual([{ kind: "quit", exitCode: 130 }]);
});

test("where nothing fits on the screen y replies to the question, too", () => {
  const editor = withoutDrafts();
  editor.press("8", "enter");
  editor.happen({ kind: "resized", size: { columns: 30, rows: 8 } });
  editor.press("ctrl-c", "ctrl-c", "escape", "y");
  expect(editor.effects()).toEqual([]);
  editor.press("ctrl-c", "y");
  expect(editor.effects()).toEqual([{ kind: "quit", exitCode: 130 }]);
});

/** An editor whose disk takes no drafts. */
function withoutDrafts(): EditorDriver {
  const editor = atFailed();
  editor.happen({ kind: "draftsFailed", reason: "the disk is full" });
  return editor;
}

test("with nothing staged q and Ctrl-C quit at once", () => {
  const editor = atFailed();
  editor.press("q", "ctrl-c");
  expect(editor.effects()).toEqual([
    { kind: "quit", exitCode: 0 },
    { kind: "quit", exitCode: 130 },
  ]);
});

test("what cannot be seen cannot be changed: a terminal that is too small takes no edits", () => {
  const editor = atFailed();
  editor.happen({ kind: "resized", size: { columns: 30, rows: 8 } });
  editor.press("8", "enter");
  editor.happen({ kind: "resized", size: { columns: 80, rows: 24 } });
  expect(edits(editor)).toBeUndefined();
});

test("c then c copies the request of the app as curl, and shows it", () => {
  const editor = atFailed();
  editor.press("8", "enter", "c", "c");
  expect(editor.effects()).toMatchObject([{ kind: "copy", text: expect.stringContaining("curl -X PATCH") }]);
  expect(editor.state().screen).toMatchObject({ name: "copied", back: { name: "counters" } });
});
