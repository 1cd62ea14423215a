import { stripVTControlCharacters } from "node:util";
import { counterNames } from "@install-summary/core";
import { expect, test } from "vitest";
import { drawEditor } from "../../../../test/draw-editor.tsx";
import { driveEditor, small, usual } from "../../../../test/editor-driver.ts";
import { listedApp } from "../../../../test/sample-apps.ts";

/** The counters and the totals, as they are drawn. */
function rowsOf(size: typeof small, failedDeviceCount: number, failedUserCount = 7777): readonly string[] {
  const counts = { installedDeviceCount: 2080, failedDeviceCount, failedUserCount };
  const editor = driveEditor([listedApp(1, "Outlook", counts)], size);
  editor.press("enter");
  return drawEditor(editor.state()).filter((row) => /Install|Failed|Total/.test(row));
}

test("the numbers of a table are all in groups of three, or none is where one has no room for it", () => {
  const grouped = rowsOf(small, 30).join("\n");
  expect(grouped).toContain("2,080");
  expect(grouped).toContain("7,777");
  expect(rowsOf(small, 2_147_483_647).join("\n")).toMatch(/2,147,483,647 +7,777/);
  const plain = rowsOf(small, 2_147_483_647, 2_147_483_646).join("\n");
  expect(plain).toMatch(/2147483647 +2147483646/);
  expect(plain).toContain("2080");
  expect(plain).not.toContain(",");
  expect(rowsOf(usual, 30).join("\n")).toContain("2,080");
});

test.each([small, usual])("a long number beside small ones leaves the columns their heads: %o", (size) => {
  const counts = { failedDeviceCount: 14 };
  const few = Object.fromEntries(counterNames.map((name) => [name, 3]));
  const editor = driveEditor([listedApp(1, "Zoom Rooms", { ...few, ...counts })], size);
  editor.press("enter", ..."1234567890".split(""));
  const rows = drawEditor(editor.state()).map((row) => stripVTControlCharacters(row).trimEnd());
  expect(rows.find((row) => row.includes("Devices "))).toMatch(/ Devices +Users$/);
});

const states = ["Installed", "Failed", "Not applicable", "Not installed", "Pending install"];
const shortest = ["Installed", "Failed", "Not appl.", "Not inst.", "Pending"];

/** What the rows of the table are called, beside their signs, and the row of the counter under the cursor. */
function table(
  size: typeof small,
  keys: readonly string[],
  failed: number,
): readonly [readonly string[], string] {
  const counts = { failedDeviceCount: failed, failedUserCount: failed };
  const editor = driveEditor([listedApp(1, "Outlook", counts)], size);
  editor.press("enter", ...keys);
  const rows = drawEditor(editor.state())
    .map((row) => stripVTControlCharacters(row))
    .map((row) => row.slice(row.lastIndexOf("│") + 1));
  const at = rows.findIndex((row) => row.includes("Devices "));
  const counted = rows.slice(at + 1, at + 6);
  return [counted.map((row) => /[A-Z][a-z]+(?: [a-z]+\.?)?/.exec(row)?.[0] ?? row), counted[1] ?? ""];
}

test.each<readonly [string, typeof small, readonly string[], number, readonly string[], string]>([
  ["eight digits are typed", usual, "12345678".split(""), 16, states, "12345678▏"],
  ["ten digits are typed", usual, "2147483647".split(""), 16, states.with(4, "Pending"), "2147483647▏"],
  ["twelve signs are typed", usual, "+2,147,483,647".split(""), 16, shortest, "+2,147,483,647▏"],
  [
    "ten digits are typed where numbers are large",
    usual,
    "1234567890".split(""),
    2_147_483_647,
    shortest,
    "1234567890▏   2147483647",
  ],
  [
    "ten digits are typed in a narrow pane",
    small,
    "1234567890".split(""),
    2_147_483_647,
    shortest,
    "1234567890▏   2147483647",
  ],
  ["all numbers are large", usual, [], 2_147_483_647, shortest, "2147483647"],
])("each row keeps a name that is read at a glance while %s", (_, size, keys, failed, names, shown) => {
  const [labels, row] = table(size, keys, failed);
  expect(labels).toEqual(names);
  expect(row).toContain(shown);
});
