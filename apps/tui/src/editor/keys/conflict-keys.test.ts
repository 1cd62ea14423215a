import { expect, test } from "vitest";
import { driveEditor } from "../../../test/editor-driver.ts";
import { listedApp } from "../../../test/sample-apps.ts";

test("undo of the only edit leads from the table past a review that has no line left", () => {
  const app = listedApp(0, "Payroll");
  const editor = driveEditor([app]);
  editor.press("right", "8", "enter", "s");
  const installSummary = { ...app.installSummary, failedDeviceCount: 12 };
  editor.read("refresh", { ...app, installSummary, etag: 'W/"9"' });
  expect(editor.state().screen).toMatchObject({
    name: "conflict",
    back: { name: "review", from: "counters" },
  });
  editor.press("u");
  expect(editor.state().staging.apps.size).toBe(0);
  expect(editor.state().screen).toEqual({ name: "counters" });
});

test.each([
  ["the review, which shows it already", ["s"], "Everything stays staged."],
  ["the counters", [], "Everything stays staged. s shows it."],
])("Esc back to %s, says what is shown by which key there", (_, keys, text) => {
  const app = listedApp(0, "Payroll");
  const editor = driveEditor([app]);
  editor.press("right", "8", "enter", ...keys);
  const installSummary = { ...app.installSummary, failedDeviceCount: 12 };
  editor.read("refresh", { ...app, installSummary, etag: 'W/"9"' });
  expect(editor.state().screen.name).toBe("conflict");
  editor.press("escape");
  expect(editor.state().notice?.text).toBe(text);
});
