import { expect, test } from "vitest";
import { driveEditor, type EditorDriver } from "../../test/editor-driver.ts";
import { listedApp, sampleId } from "../../test/sample-apps.ts";

// A line of the table of conflicts that is decided again as it was.

/** Others have set 40 failed devices, and 7 failed users, where 13 and an amount are staged. */
function table(): EditorDriver {
  const editor = driveEditor([listedApp(0, "Payroll", { failedDeviceCount: 0, failedUserCount: 1 })]);
  editor.press("right", "1", "3", "enter", "up", "right", "+", "5", "enter", "R");
  editor.read("refresh", listedApp(0, "Payroll", { failedDeviceCount: 40, failedUserCount: 7 }, 'W/"9"'));
  expect(editor.state().screen.name).toBe("conflict");
  return editor;
}

function text(editor: EditorDriver): string | undefined {
  return editor.state().notice?.text;
}

test.each([
  ["mine again", ["m"], ["m"], "Failed devices: 13 would be sent, as before."],
  ["mine as a number", ["m"], ["e", "1", "3", "enter"], "Failed devices: 13 would be sent, as before."],
  [
    "another number twice",
    ["e", "9", "enter"],
    ["9", "enter"],
    "Failed devices: 9 would be sent, as before.",
  ],
  ["an amount that is counted again", ["m"], ["down", "m"], "Failed users: 12 would be sent, as before."],
])("%s is no step: u takes back the decision, and what was undone can be redone", (_, first, again, told) => {
  const editor = table();
  editor.press(...first);
  const decided = editor.state().staging;
  editor.press(...again);
  expect(text(editor)).toBe(told);
  expect(editor.state().staging).toBe(decided);
  editor.press("u");
  expect(text(editor)).toMatch(/^Undone: failed devices\. /);
  expect(editor.state().staging.apps.get(sampleId(0))?.contested).toEqual({ failedDeviceCount: 0 });
  editor.press("down", "m", "ctrl-r");
  expect(editor.state().staging.apps).toEqual(decided.apps);
});

test("no app is there to open the history of where the filter finds none", () => {
  const editor = driveEditor([listedApp(0, "Payroll")]);
  editor.press("/");
  editor.type("zzz");
  editor.press("enter", "h");
  expect(text(editor)).toBe("There is no app to open.");
});
