import { expect, test } from "vitest";
import { drawEditor } from "../../test/draw-editor.tsx";
import { driveEditor, large, small, usual, type EditorDriver } from "../../test/editor-driver.ts";
import { listedApp } from "../../test/sample-apps.ts";
import { loggedChange } from "../../test/logged-change.ts";

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

test("a draft is brought back, seen and dropped, and is not sent", () => {
  const editor = readOnly();
  const known = { readAt: 1, leftOut: false, wasOvertaken: false, contested: {}, pending: undefined };
  const draft = {
    ...known,
    app: listedApp(0, "App 00", { failedDeviceCount: 16 }),
    edits: { failedDeviceCount: 8 },
  };
  editor.happen({ kind: "draftsFound", drafts: [{ key: "one", savedAt: 1, draft }], newer: [], broken: [] });
  editor.press("enter");
  editor.happen({ kind: "draftsClaimed", drafts: [draft], keys: ["one"], reason: undefined });
  editor.press("s");
  expect(editor.state().screen.name).toBe("review");
  expect(drawEditor(editor.state()).at(-1)).not.toMatch(/send|edit/);
  editor.press("y");
  expect(editor.state().notice?.text).toBe(refusal);
  expect(editor.effects().filter(({ kind }) => kind === "sendPatch")).toEqual([]);
  editor.press("d");
  expect(editor.state().staging.apps.size).toBe(0);
});
