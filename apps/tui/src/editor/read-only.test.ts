import { expect, test } from "vitest";
import { converseWith } from "../../test/converse.ts";
import { drawEditor } from "../../test/draw-editor.tsx";
import { driveEditor, large, small, usual, type EditorDriver } from "../../test/editor-driver.ts";
import { listedApp } from "../../test/sample-apps.ts";
import { loggedChange } from "../../test/logged-change.ts";
import { paletteCommands, type PaletteCommand } from "./view/frame/palette-commands.ts";
import { unicodeGlyphs } from "./view/glyphs.ts";

// What a person may do where every change is forbidden.

const apps = [listedApp(0, "App 00", { failedDeviceCount: 16 }), listedApp(1, "App 01")];

function readOnly(size = usual): EditorDriver {
  return driveEditor(apps, size, { isReadOnly: true });
}

const refusal = "Read-only: nothing can be staged or sent here.";

test.each<[string, readonly string[]]>([
  ["a digit in the list", ["8"]],
  ["s in the list", ["s"]],
  ["a digit on a counter", ["right", "8"]],
  ["+ on a counter", ["right", "+"]],
  ["Enter on a counter", ["right", "enter"]],
  ["s on a counter", ["right", "s"]],
])("%s says that changes are forbidden", (_, keys) => {
  const editor = readOnly();
  editor.press(...keys);
  expect(editor.state().notice?.text).toBe(refusal);
  expect(editor.state().staging.apps.size).toBe(0);
  expect(editor.state().screen.name).toBe(keys[0] === "right" ? "counters" : "list");
});

test("a paste and taking a change back are refused too", () => {
  const editor = readOnly();
  editor.press("right");
  editor.happen({ kind: "paste", text: "8" });
  expect(editor.state().notice?.text).toBe(refusal);
  editor.press("h");
  const generation = editor.state().history?.generation ?? 0;
  editor.happen({ kind: "historyRead", generation, changes: [loggedChange()], hasMore: false });
  editor.press("u");
  expect(editor.state().notice?.text).toBe(refusal);
  expect(editor.state().staging.apps.size).toBe(0);
  expect(drawEditor(editor.state()).at(-1)).not.toContain("take");
});

test.each([small, usual, large])(
  "the header says it at $columns×$rows, and no key of a change is shown",
  (size) => {
    const editor = readOnly(size);
    const list = drawEditor(editor.state());
    expect(list[0]).toContain("READ-ONLY");
    expect(list.at(-1)).toContain("counters");
    editor.press("right");
    expect(drawEditor(editor.state()).at(-1)).not.toContain("edit");
  },
);

/** A read-only editor with 8 failed devices on 16 of a draft, of which others have made so many meanwhile. */
function withDraft(theirs = 16, size = usual): EditorDriver {
  const app = listedApp(0, "App 00", { failedDeviceCount: 16 });
  const isSame = theirs === 16;
  const now = isSame ? app : listedApp(0, "App 00", { failedDeviceCount: theirs }, 'W/"9"');
  const editor = driveEditor([now, listedApp(1, "App 01")], size, { isReadOnly: true });
  const known = { readAt: 1, leftOut: false, wasOvertaken: false, contested: {}, pending: undefined };
  const draft = { ...known, app, edits: { failedDeviceCount: 8 } };
  editor.happen({ kind: "draftsFound", drafts: [{ key: "one", savedAt: 1, draft }], newer: [], broken: [] });
  editor.press("enter");
  editor.happen({ kind: "draftsClaimed", drafts: [draft], keys: ["one"], reason: undefined });
  return editor;
}

test("a draft is brought back, seen and dropped, and is not sent", () => {
  const editor = withDraft();
  editor.press("s");
  expect(editor.state().screen.name).toBe("review");
  expect(drawEditor(editor.state()).at(-1)).not.toMatch(/send|edit/);
  editor.press("y");
  expect(editor.state().notice?.text).toBe(refusal);
  expect(editor.effects().filter(({ kind }) => kind === "sendPatch")).toEqual([]);
  editor.press("d");
  expect(editor.state().staging.apps.size).toBe(0);
});

const states: readonly [string, () => EditorDriver, readonly string[]][] = [
  ["list", readOnly, []],
  ["list with a draft", withDraft, []],
  ["counters", readOnly, ["right"]],
  ["counters with a draft", withDraft, ["right"]],
  ["history", openHistory, []],
  ["review", withDraft, ["s"]],
  ["table of conflicts", () => withDraft(12), []],
];

function openHistory(): EditorDriver {
  const editor = readOnly();
  editor.press("h");
  const generation = editor.state().history?.generation ?? 0;
  editor.happen({ kind: "historyRead", generation, changes: [loggedChange()], hasMore: false });
  return editor;
}

test.each(states)("%s: no command that is listed is refused", (_, open, keys) => {
  const count = listed(open, keys).length;
  expect(count).toBeGreaterThan(4);
  for (let line = 0; line < count; line += 1) {
    const editor = open();
    editor.press(...keys, ":", ...Array.from({ length: line }, () => "down"), "enter");
    expect(editor.state().notice?.text).not.toBe(refusal);
  }
});

function listed(open: () => EditorDriver, keys: readonly string[]): readonly PaletteCommand[] {
  const editor = open();
  editor.press(...keys, ":");
  const { screen } = editor.state();
  return screen.name === "palette" ? paletteCommands(editor.state(), screen, unicodeGlyphs) : [];
}

function labels(editor: EditorDriver): string {
  return listed(() => editor, [])
    .map(({ label, written }) => `${label} (${written})`)
    .join("\n");
}

test("the keys of the review and of the table are those that work", () => {
  const review = withDraft();
  review.press("s");
  const ofReview = labels(review);
  expect(ofReview).not.toMatch(/Send|\(y\)|\(e\)/);
  expect(ofReview).toContain("Drop this line (d)");
  const table = withDraft(12);
  expect(table.state().screen.name).toBe("conflict");
  table.happen({ kind: "resized", size: large });
  const footer = drawEditor(table.state()).at(-1);
  expect(footer).toMatch(/m mine .*t theirs/);
  expect(footer).not.toContain("another number");
  const ofTable = labels(table);
  expect(ofTable).toContain("Keep mine (m)");
  expect(ofTable).not.toMatch(/\(e\)/);
});

test.each(states)("%s: the help names no key that stages or sends", (_, open, keys) => {
  const editor = open();
  editor.happen({ kind: "resized", size: { columns: 120, rows: 200 } });
  editor.press(...keys, "?");
  const all = [drawEditor(editor.state()).join("\n")];
  editor.press("tab");
  all.push(drawEditor(editor.state()).join("\n"));
  for (const text of all) {
    expect(text).not.toMatch(
      /another number|guarded by|set the counter|add to it|takes the change back|typed/,
    );
    expect(text).toContain(refusal);
  }
});

test("without a screen the review says it, offers no send, and asks nothing", () => {
  const person = converseWith(withDraft());
  person.say("review");
  expect(person.transcript()).toMatch(/Read-only: nothing is sent\.\nType drop 1, json, or back\.$/m);
  person.say("send", "yes");
  expect(person.transcript()).toContain(`> send\n${refusal}`);
  expect(person.transcript()).not.toContain("Type yes");
  expect(person.editor.effects().filter(({ kind }) => kind === "sendPatch")).toEqual([]);
});

test("without a screen the table offers no other number", () => {
  const person = converseWith(withDraft(12));
  person.say("");
  expect(person.transcript()).toContain(
    "1 line to decide: type mine 1 or theirs 1; M or T for all of an app.",
  );
});
