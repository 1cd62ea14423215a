import { counterMaximum, counterNames } from "@install-summary/core";
import { exampleSummary } from "@install-summary/core/contract";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { formatCount } from "../../words/format-count.ts";
import { parsePaste } from "./pasted-text.ts";

const { id } = exampleSummary;
const oneToTen = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

test.each(["8", "1,204", "1 204", "+5", "-20", "1.5", "x", "9".repeat(400)])(
  "%j pasted is one number",
  (text) => {
    expect(parsePaste(`${text}\n`, id)).toEqual({ kind: "one", text });
  },
);

test.each([
  "1 2 3 4 5 6 7 8 9 10",
  "1,2,3,4,5,6,7,8,9,10",
  "1, 2, 3, 4, 5, 6, 7, 8, 9, 10",
  "1;2;3;4;5;6;7;8;9;10",
  "1\t2\t3\t4\t5\t6\t7\t8\t9\t10\n",
  "1\r\n2\r\n3\r\n4\r\n5\r\n6\r\n7\r\n8\r\n9\r\n10\r\n",
])("ten numbers in one line or column, %j, are in the order of the specification", (text) => {
  expect(parsePaste(text, id)).toEqual({ kind: "values", values: oneToTen });
});

test.each([
  "1\t6\n2\t7\n3\t8\n4\t9\n5\t10",
  "1;6\r\n2;7\r\n3;8\r\n4;9\r\n5;10\r\n",
  "  1   6\n  2   7\n  3   8\n  4   9\n  5  10\n",
  "1,6\n2,7\n3,8\n4,9\n5,10",
])("five lines of two cells, %j, are devices and users as on the screen", (text) => {
  expect(parsePaste(text, id)).toEqual({ kind: "values", values: oneToTen });
});

const printedTable = `Counter         Devices  Users
Installed         2,080  2,176
Failed               16      8
Not applicable      272    184
Not installed        72     68
Pending install      48    272
`;

function below(other: string): string {
  return `\nName  A · Web\nId    ${other}\nETag  W/"1"\n`;
}

test("the table that get prints is read by its labels, with the version that is below it where that was copied", () => {
  const patch = Object.fromEntries(
    counterNames.map((name, index) => [name, [2080, 16, 272, 72, 48, 2176, 8, 184, 68, 272][index]]),
  );
  expect(parsePaste(printedTable, id)).toEqual({ kind: "patch", patch, etag: undefined });
  const whole = printedTable + below(id.toUpperCase());
  expect(parsePaste(whole, id)).toEqual({ kind: "patch", patch, etag: 'W/"1"' });
  expect(parsePaste(whole.replace('W/"1"', "none (the server sends no ETags)"), id)).toEqual({
    kind: "patch",
    patch,
    etag: undefined,
  });
  expect(parsePaste(printedTable + below("99999999-9999-4999-8999-999999999999"), id)).toEqual({
    kind: "refused",
    reason: "The table is of another app (99999999).",
  });
});

test.each([printedTable + printedTable, printedTable.split("\n").slice(0, 4).join("\n")])(
  "a part of that table, and two of them, are refused with what to paste",
  (text) => {
    expect(parsePaste(text, id)).toEqual({
      kind: "refused",
      reason: "Paste all five lines of one app's table, or ten numbers.",
    });
  },
);

test("cells of a spreadsheet may be grouped", () => {
  const values = [2080, 16, 272, 72, 48, 2176, 8, 184, 68, 272];
  expect(parsePaste("2,080\t16\t272\t72\t48\t2,176\t8\t184\t68\t272", id)).toEqual({
    kind: "values",
    values,
  });
  expect(parsePaste("2 080\t2 176\n16\t8\n272\t184\n72\t68\n48\t272", id)).toEqual({
    kind: "values",
    values,
  });
});

test("a table reads as its numbers however it is written, or is refused", () => {
  const value = fc.oneof(fc.nat(1500), fc.nat(counterMaximum));
  const style = fc.constantFrom<((count: number) => string)[]>(String, formatCount, (count) => `${count}.0`);
  const separator = fc.constantFrom("\t", ";", "  ", " ");
  const shape = fc.constantFrom<(readonly [number, number])[]>(
    [1, 10],
    [10, 1],
    [5, 2],
    [2, 5],
    [5, 3],
    [3, 2],
    [10, 2],
  );
  fc.assert(
    fc.property(
      fc.array(value, { minLength: 20, maxLength: 20 }),
      style,
      separator,
      shape,
      (all, write, gap, [rows, columns]) => {
        const table = Array.from({ length: rows }, (_, row) => all.slice(row * columns, (row + 1) * columns));
        const text = table.map((cells) => cells.map(write).join(gap)).join("\n");
        const reading = parsePaste(text, id);
        const isColumns = rows === 5 && columns === 2;
        const values = isColumns ? [0, 1].flatMap((at) => table.map((cells) => cells[at])) : table.flat();
        const fits = rows * columns === 10 && rows !== 2;
        // `1 204` in a line of two cells may be one number, so it is refused and never taken for something else.
        const allowed = fits ? [values, ...(gap === " " ? ["refused"] : [])] : ["refused"];
        expect(allowed).toContainEqual(reading.kind === "values" ? reading.values : reading.kind);
      },
    ),
  );
});

test("a JSON patch pasted is a patch", () => {
  expect(parsePaste('{"failedDeviceCount": 8}', id)).toEqual({
    kind: "patch",
    patch: { failedDeviceCount: 8 },
    etag: undefined,
  });
});

const printed = { id, displayName: "Payroll", etag: 'W/"7"', summary: { id, failedDeviceCount: 8 } };

test.each([
  ["get --output json prints it, and the editor copies it", printed, 'W/"7"'],
  ["list --output json prints it", [{ ...printed.summary, platform: "iOS", etag: 'W/"7"' }], 'W/"7"'],
  ["Graph responds with it", { "@odata.context": "x", ...printed.summary }, undefined],
])("an app as %s is a patch of its counters, read at its version", (_, json, etag) => {
  const text = JSON.stringify(json, undefined, 2);
  expect(parsePaste(text, id)).toEqual({ kind: "patch", patch: { failedDeviceCount: 8 }, etag });
  expect(parsePaste(text, "99999999-9999-4999-8999-999999999999")).toMatchObject({ kind: "refused" });
});

test.each([
  ["1 2 3", "3 cells in a line: one number, ten, five lines of two, or JSON fit."],
  ["7\n".repeat(3000), "3,000 cells in 3,000 lines: one number, ten, five lines of two, or JSON fit."],
  ["1\t2\t3\t4\t5\n6\t7\t8\t9\t10", "10 cells in 2 lines: one number, ten, five lines of two, or JSON fit."],
  [
    "1 204\n2 300\n3 400\n4 500\n5 600",
    "5 cells in 5 lines: one number, ten, five lines of two, or JSON fit.",
  ],
  ["1 2 3 4 5 6 7 8 9 x", "x: must be a whole number"],
  ["1 2 3 4 5 6 7 8 9 1.000", "1.000: type 1000 without the point"],
  ["1 2 3 4 5 6 7 8 9 +1", "+1 is not a plain number"],
  ["\t6\n2\t7\n3\t8\n4\t9\n5\t10", "A cell is empty."],
  ["", "The text is empty."],
  ['{"failedDeviceCount"', "The JSON cannot be read. Invalid JSON at line 1, column 21."],
])("%j pasted is refused as a whole", (text, reason) => {
  expect(parsePaste(text, id)).toEqual({ kind: "refused", reason });
});

test("a JSON patch with a fault is refused with core's words", () => {
  const reading = parsePaste('{"failedDeviceCount": -1}', id);
  expect(reading).toMatchObject({
    kind: "refused",
    reason: expect.stringContaining("'failedDeviceCount' must be"),
  });
});

test("cells in quotes, as PowerShell writes CSV, are read, also with grouped numbers in them", () => {
  const rows = ['"1,204","6"', '"2","7"', '"3","8"', '"4","9"', '"5","10"'].join("\r\n");
  const values = [1204, 2, 3, 4, 5, 6, 7, 8, 9, 10];
  expect(parsePaste(rows, id)).toEqual({ kind: "values", values });
  expect(parsePaste('"1,204"\r\n', id)).toEqual({ kind: "one", text: "1,204" });
});

test.each(["\n", "\r", "\r\n"])(
  "a fault of pasted JSON is told with its line, whatever ends the lines: %j",
  (end) => {
    const reasonOf = (...lines: readonly string[]): unknown => parsePaste(lines.join(end), id);
    expect(reasonOf("", "{", '  "failedDeviceCount": 4,', '  "failedDeviceCount": 5', "}")).toEqual({
      kind: "refused",
      reason:
        "The JSON is refused: line 4: Multiple properties with the name 'failedDeviceCount' were detected in a resource or a complex value. OData does not allow duplicate properties.",
    });
    expect(reasonOf("{", '  "failedDeviceCount": -1,', '  "failedUserCount": 1.5', "}")).toMatchObject({
      reason: expect.stringMatching(/^The JSON has 2 faults: line 2: .+ line 3: /),
    });
    expect(reasonOf("{", '  "failedDeviceCount": 4,', "}")).toEqual({
      kind: "refused",
      reason: "The JSON cannot be read. Invalid JSON at line 3, column 1.",
    });
  },
);
