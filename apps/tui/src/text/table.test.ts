import stringWidth from "string-width";
import { expect, test } from "vitest";
import { cut, formatTable, type Column } from "./table.ts";

const columns: readonly Column[] = [
  { header: "App", align: "left", least: 5 },
  { header: "Not applicable", align: "right", least: 5 },
  { header: "Id", align: "left", least: 4, cutFirst: true },
];
const rows = [
  ["Google 給与計算システム", "2,080", "06a792e9-92e9"],
  ["Evil\u001b[2J", "8", "1"],
];

test("columns are as wide as their widest cell, numbers on the right", () => {
  expect(formatTable(columns, rows)).toEqual([
    "App                      Not applicable  Id",
    "Google 給与計算システム           2,080  06a792e9-92e9",
    "Evil␛[2J                              8  1",
  ]);
});

test("on a narrow terminal the id is cut first, then the widest cells, numbers never", () => {
  expect(formatTable(columns, rows, 45)).toEqual([
    "App                      Not applicable  Id",
    "Google 給与計算システム           2,080  06a…",
    "Evil␛[2J                              8  1",
  ]);
  expect(formatTable(columns, rows, 24)).toEqual([
    "App       Not app…  Id",
    "Google …     2,080  06a…",
    "Evil␛[2J         8  1",
  ]);
});

test("what cannot be cut further stays too wide", () => {
  for (const line of formatTable(columns, rows, 1))
    expect(stringWidth(line)).toBeLessThanOrEqual(5 + 2 + 5 + 2 + 4);
});

test("a text is cut between characters, not inside of them", () => {
  expect(cut("給与計算", 8)).toBe("給与計算");
  expect(cut("給与計算", 7)).toBe("給与計…");
  expect(cut("給与計算", 6)).toBe("給与…");
  expect(cut("👩‍💻👩‍💻", 3)).toBe("👩‍💻…");
});
