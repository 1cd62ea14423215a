import { expect, test } from "vitest";
import { cut, formatTable, type Column } from "./table.ts";
import * as widths from "./width.ts";

const columns: readonly Column[] = [
  { header: "App", align: "left", minWidth: 5 },
  { header: "Not applicable", align: "right", minWidth: 5 },
  { header: "Id", align: "left", minWidth: 4, cutFirst: true },
];
const rows = [
  ["Google 給与計算システム", "2,080", "06a792e9-92e9"],
  ["Evil\u001b[2J", "8", "1"],
];

test("columns are as wide as their widest cell, numbers on the right", async () => {
  expect(await formatTable(columns, rows)).toEqual([
    "App                      Not applicable  Id",
    "Google 給与計算システム           2,080  06a792e9-92e9",
    "Evil␛[2J                              8  1",
  ]);
});

test("on a narrow terminal the id is cut first, then the widest cells, numbers never", async () => {
  expect(await formatTable(columns, rows, 45)).toEqual([
    "App                      Not applicable  Id",
    "Google 給与計算システム           2,080  06a…",
    "Evil␛[2J                              8  1",
  ]);
  expect(await formatTable(columns, rows, 24)).toEqual([
    "App       Not app…  Id",
    "Google …     2,080  06a…",
    "Evil␛[2J         8  1",
  ]);
});

test("words are cut between them, so that no number loses its end", async () => {
  const about: readonly Column[] = [{ header: "Message", align: "left", minWidth: 7, isWords: true }];
  const message = "It is 55 now; it was 1,000, and 給与 2,000";
  for (let width = 7; width < widths.widthOf(message); width += 1) {
    const [, row = ""] = await formatTable(about, [[message]], width);
    const kept = row.replace(/ …$/, "");
    expect(row).toBe(`${kept} …`);
    expect(`${message} `.startsWith(`${kept} `)).toBe(true);
    expect(widths.widthOf(row)).toBeLessThanOrEqual(width);
  }
  expect(await formatTable(about, [[message]], widths.widthOf(message))).toEqual(["Message", message]);
  expect(await formatTable(about, [["06a792e9-92e9"]], 8)).toEqual(["Message", "06a792e…"]);
});

test("what cannot be cut further stays too wide", async () => {
  for (const line of await formatTable(columns, rows, 1))
    expect(widths.widthOf(line)).toBeLessThanOrEqual(5 + 2 + 5 + 2 + 4);
});

test("a text is cut between characters, not inside of them", () => {
  expect(cut("給与計算", 8, widths)).toBe("給与計算");
  expect(cut("給与計算", 7, widths)).toBe("給与計…");
  expect(cut("給与計算", 6, widths)).toBe("給与…");
  expect(cut("👩‍💻👩‍💻", 3, widths)).toBe("👩‍💻…");
});

test("a table of ASCII alone looks as if all widths had been looked up", async () => {
  const plainRows = [["A long name of an app", "2,080", "06a792e9-92e9"]];
  expect(await formatTable(columns, plainRows, 30)).toEqual([
    "App          Not applic…  Id",
    "A long nam…        2,080  06a…",
  ]);
});

test("a table has as many rows as it is given, also more than a call can have arguments", async () => {
  const many = Array.from({ length: 150_000 }, (_, index) => ["a", String(index), "b"]);
  expect(await formatTable(columns, many)).toHaveLength(many.length + 1);
});
