import { expect, test } from "vitest";
import { drawEditor } from "../../../../test/draw-editor.tsx";
import { driveEditor, small, usual } from "../../../../test/editor-driver.ts";
import { listedApp } from "../../../../test/sample-apps.ts";

/** The counters and the totals, as they are drawn. */
function rowsOf(size: typeof small, failedDeviceCount: number): readonly string[] {
  const counts = { installedDeviceCount: 2080, failedDeviceCount, failedUserCount: 7777 };
  const editor = driveEditor([listedApp(1, "Outlook", counts)], size);
  editor.press("enter");
  return drawEditor(editor.state()).filter((row) => /Install|Failed|Total/.test(row));
}

test("the numbers of a table are all in groups of three, or none is where one has no room for it", () => {
  const grouped = rowsOf(small, 30).join("\n");
  expect(grouped).toContain("2,080");
  expect(grouped).toContain("7,777");
  const plain = rowsOf(small, 2_147_483_647).join("\n");
  expect(plain).toMatch(/2147483647 +7777/);
  expect(plain).toContain("2080");
  expect(plain).not.toContain(",");
  expect(rowsOf(usual, 30).join("\n")).toContain("2,080");
});
