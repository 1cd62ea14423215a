import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { read } from "../../../test/read-rows.ts";
import { appId } from "../../../test/samples.ts";
import { findSeparator } from "./find-separator.ts";

test.each([
  ["ApplicationId,FailedDeviceCount\n", ","],
  ["ApplicationId;FailedDeviceCount\n", ";"],
  ["FailedDeviceCount\tapplicationid \n", "\t"],
  ['"FailedDeviceCount";"ApplicationId"\r\n', ";"],
  // The comma is in a name, and the semicolon too.
  ["ApplicationId;Failed, in percent;FailedDeviceCount\n", ";"],
  ["ApplicationId,Failed; in percent,FailedDeviceCount\n", ","],
  ['"Failed,\r\nin percent";ApplicationId\n', ";"],
  ["\n \nsep=;\n#TYPE x,y\n\nApplicationId;FailedDeviceCount\n", ";"],
  // The header decides, also against what is said above it.
  ["sep=,\nApplicationId;FailedDeviceCount\n", ";"],
  // Graph's name of the ids.
  ["Id;DisplayName, in full\n", ";"],
  ['"id","displayName; in full","failedDeviceCount"\n', ","],
  // A line in one cell has no columns.
  ['"ApplicationId,FailedDeviceCount";;\n', ";"],
  ['"ApplicationId,FailedDeviceCount"\n', ","],
  // Neither has the ids: what is there separates.
  ["App;DisplayName\n", ";"],
  ["App;Name, in full\n", ","],
  ["Report\n", ","],
  ["", ","],
])("%j is separated by %j", (start, separator) => {
  expect(findSeparator(start)).toBe(separator);
});

describe("a report of a spreadsheet in a language whose numbers have commas", () => {
  const header = "ApplicationId;DisplayName;FailedDevicePercentage;FailedDeviceCount";

  test("is read like any other: a fraction in another column does not matter", async () => {
    expect(await read(`${header}\r\n${appId};"Contoso; VPN, neu";3,57;4\r\n`)).toEqual([
      { line: 2, app: { id: appId, displayName: "Contoso; VPN, neu" }, patch: { failedDeviceCount: 4 } },
    ]);
  });

  const rule = "FailedDeviceCount must be a whole number from 0 to 2147483647";
  test.each([
    ["4,0", `${rule}; got '4,0', which has a decimal comma. Write a whole number.`],
    ["3,57", `${rule}; got '3,57', which has a decimal comma. Write a whole number.`],
    ["1,000", `${rule}; got '1,000', which has a separator. Write the digits alone.`],
    ["1.000", `${rule}; got '1.000', which may be a thousand. Write it without the point.`],
  ])("takes a counter of %s for no other number", async (text, problem) => {
    expect(await read(`${header}\r\n${appId};a;0;${text}\r\n`)).toMatchObject([{ line: 2, problem }]);
  });

  test("has a cell too many where a text with its separator has no quotes", async () => {
    expect(await read(`${header}\r\n${appId};a;b;0;4\r\n`)).toEqual([
      { line: 2, id: appId, problem: "The row has 5 cells, the header has 4." },
    ]);
  });
});

test("a table of any cells has the same rows with each separator", async () => {
  const cell = fc.array(fc.constantFrom('"', ",", ";", "\t", "\n", " ", "a"), { maxLength: 6 });
  const names = fc.array(
    cell.map((parts) => parts.join("")),
    { minLength: 1, maxLength: 5 },
  );
  await fc.assert(
    fc.asyncProperty(names, async (texts) => {
      const rows = [
        ["ApplicationId", "DisplayName", "FailedDeviceCount"],
        ...texts.map((text) => [appId, text, "4"]),
      ];
      const table = (separator: string): string =>
        rows
          .map((cells) => cells.map((one) => `"${one.replaceAll('"', '""')}"`).join(separator))
          .join("\r\n");
      const withCommas = await read(table(","));
      expect(withCommas).toHaveLength(texts.length);
      expect(await read(table(";"))).toEqual(withCommas);
      expect(await read(table("\t"))).toEqual(withCommas);
    }),
    { numRuns: 200 },
  );
});
