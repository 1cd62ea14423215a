import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { makeZip } from "../../test/make-zip.ts";
import { appId, examplePatch } from "../../test/samples.ts";
import { counterNames } from "../counters.ts";
import { isGraphError, type GraphError } from "../graph-error.ts";
import { readReport } from "./read-report.ts";
import type { ReportRow } from "./report-row.ts";

const otherId = "11111111-1111-1111-1111-111111111111";
const intuneHeader =
  "ApplicationId,DisplayName,Publisher,Platform,Platform_loc,AppVersion,FailedDevicePercentage,InstalledDeviceCount,InstalledUserCount,FailedDeviceCount,FailedUserCount,PendingInstallDeviceCount,PendingInstallUserCount,NotApplicableDeviceCount,NotApplicableUserCount,NotInstalledDeviceCount,NotInstalledUserCount";
const intuneRow = `${appId},Contoso Portal,Contoso,5,Windows,1.0,3.57,4,2,1,15,9,7,8,6,7,5`;

describe("a CSV report", () => {
  test("is read row by row", async () => {
    expect(await read(`${intuneHeader}\r\n${intuneRow}\r\n`)).toEqual([
      {
        line: 2,
        app: {
          id: appId,
          displayName: "Contoso Portal",
          publisher: "Contoso",
          "@odata.type": "#microsoft.graph.win32LobApp",
        },
        patch: examplePatch,
      },
    ]);
  });

  test("has any columns, in any order and case, and others that are not kept", async () => {
    expect(await read(`Extra, FAILEDUSERCOUNT ,applicationid\nx,3,${appId.toUpperCase()}`)).toEqual([
      { line: 2, app: { id: appId }, patch: { failedUserCount: 3 } },
    ]);
  });

  test("says nothing of a counter whose column is absent", async () => {
    for (const absent of counterNames) {
      const present = counterNames.filter((name) => name !== absent);
      const [row] = await read(
        `ApplicationId,${present.join(",")}\n${appId},${present.map(() => "0").join(",")}`,
      );
      expect(row).toHaveProperty("patch");
      expect(row).not.toHaveProperty(["patch", absent]);
    }
  });

  test.each([
    ["a byte-order mark", `\uFEFFApplicationId,DisplayName\n${appId},a`, 2, "a"],
    ["CRLF", `ApplicationId,DisplayName\r\n${appId},a\r\n`, 2, "a"],
    ["no line break at the end", `ApplicationId,DisplayName\n${appId},a`, 2, "a"],
    ["blank lines", `\nApplicationId,DisplayName\n \n\r\n${appId},a\n\n \n`, 5, "a"],
    ["two byte-order marks", `\uFEFF\uFEFFApplicationId,DisplayName\n${appId},a`, 2, "a"],
    ["a byte-order mark before a row", `ApplicationId,DisplayName\n\uFEFF${appId},a`, 2, "a"],
    ["quotes", `"ApplicationId","DisplayName"\n"${appId}","a ""b"", c"\n`, 2, 'a "b", c'],
    ["a line break in quotes", `ApplicationId,DisplayName\n${appId},"a\r\nb"\n`, 2, "a\nb"],
    ["a quote inside a cell without quotes", `ApplicationId,DisplayName\n${appId},19" rack\n`, 2, '19" rack'],
    ["a formula", `ApplicationId,DisplayName\n${appId},=cmd()\n`, 2, "=cmd()"],
    ["a formula that an export guarded", `ApplicationId,DisplayName\n${appId},'=cmd()\n`, 2, "=cmd()"],
    ["an apostrophe", `ApplicationId,DisplayName\n${appId},'s-Hertogenbosch\n`, 2, "'s-Hertogenbosch"],
    ["an escape sequence", `ApplicationId,DisplayName\n${appId},\u001b[31mred\n`, 2, "\u001b[31mred"],
    [
      "emoji and text from right to left",
      `ApplicationId,DisplayName\n${appId},👩‍💻 \u202eשלום\n`,
      2,
      "👩‍💻 \u202eשלום",
    ],
  ])("may have %s (B128, B129)", async (_what, text, line, displayName) => {
    expect(await read(text)).toEqual([{ line, app: { id: appId, displayName }, patch: {} }]);
  });

  test("knows the line on which each row begins", async () => {
    const rows = await read(
      `ApplicationId,DisplayName\r\n${appId},"a\r\n\r\nb"\r\n${appId},c\r\n\r\n${appId},d`,
    );
    expect(rows.map((row) => row.line)).toEqual([2, 5, 7]);
  });

  test("with a header only has no rows (B131)", async () => {
    expect(await read(intuneHeader)).toEqual([]);
    expect(await read(`${intuneHeader}\r\n`)).toEqual([]);
  });

  test("leaves out what a cell does not say", async () => {
    expect(await read(`ApplicationId,DisplayName,Publisher,Platform\n${appId},, ,`)).toEqual([
      { line: 2, app: { id: appId }, patch: {} },
    ]);
  });

  test.each([
    ["Platform,Platform_loc", "5,Windows", "win32LobApp"],
    ["Platform,Platform_loc", ",iOS", "iosStoreApp"],
    ["Platform", "1", "androidStoreApp"],
    ["Platform", "2", "iosStoreApp"],
    ["Platform", "3", "macOSLobApp"],
    ["Platform", "5", "win32LobApp"],
    ["Platform", "4", "webApp"],
    ["Platform", "Windows", "win32LobApp"],
    ["Platform_loc", "Android Enterprise", "androidStoreApp"],
    ["AppPlatform", "iOS/iPadOS", "iosStoreApp"],
    ["AppPlatform", "macOS", "macOSLobApp"],
    ["AppPlatform", "MacOS", "macOSLobApp"],
    ["AppPlatform", "Windows 10", "win32LobApp"],
    ["AppPlatform", "Web", "webApp"],
  ])("guesses the type from %s %s", async (column, platform, type) => {
    const [row] = await read(`ApplicationId,${column}\n${appId},${platform}`);
    expect(row).toMatchObject({ app: { "@odata.type": `#microsoft.graph.${type}` } });
  });
});

describe("a row that cannot be read", () => {
  const rule = "must be a whole number from 0 to 2147483647";

  test.each([
    ["", `FailedDeviceCount ${rule}; the cell is empty.`],
    [" ", `FailedDeviceCount ${rule}; the cell is empty.`],
    ['"1,234"', `FailedDeviceCount ${rule}; got '1,234'.`],
    ["1.5", `FailedDeviceCount ${rule}; got '1.5'.`],
    ["-1", `FailedDeviceCount ${rule}; got '-1'.`],
    ["2147483648", `FailedDeviceCount ${rule}; got '2147483648'.`],
    ["n/a", `FailedDeviceCount ${rule}; got 'n/a'.`],
    ["\u001b[2J", `FailedDeviceCount ${rule}; got '␛[2J'.`],
    ["9".repeat(100), `FailedDeviceCount ${rule}; got '${"9".repeat(63)}…'.`],
  ])("for its counter, names line, column and value (B126): %s", async (cell, problem) => {
    expect(await read(`ApplicationId,FailedDeviceCount\n${appId},${cell}`)).toEqual([
      { line: 2, id: appId, column: "FailedDeviceCount", problem },
    ]);
  });

  test.each([
    ["nope", "nope"],
    [`{${appId}}`, `{${appId}}`],
    ["\u202eabc", "⟨U+202E⟩abc"],
  ])("for its id, names it (B124): %s", async (id, shown) => {
    expect(await read(` ApplicationId ,DisplayName\n${id},a`)).toEqual([
      { line: 2, column: "ApplicationId", problem: `The ApplicationId '${shown}' is not a GUID.` },
    ]);
  });

  test("for its id, which is empty, says so (B124)", async () => {
    expect(await read("ApplicationId,DisplayName\n ,a")).toEqual([
      { line: 2, column: "ApplicationId", problem: "The ApplicationId is empty." },
    ]);
  });

  test.each([
    [`${appId},a`, "The row has 2 cells, the header has 3."],
    [`${appId},a,1,2`, "The row has 4 cells, the header has 3."],
    [appId, "The row has 1 cell, the header has 3."],
  ])("for its number of cells, says both (B127): %s", async (row, problem) => {
    expect(await read(`ApplicationId,DisplayName,FailedDeviceCount\n${row}`)).toEqual([{ line: 2, problem }]);
  });

  test("does not stop the others", async () => {
    const rows = await read(
      `ApplicationId,FailedDeviceCount\nnope,1\n${appId},x\n${otherId},3\n${appId},4,5`,
    );
    expect(rows.map((row) => ("problem" in row ? "refused" : row.patch.failedDeviceCount))).toEqual([
      "refused",
      "refused",
      3,
      "refused",
    ]);
  });

  test("is no matter of other rows: the same id twice is read twice", async () => {
    expect(await read(`ApplicationId\n${appId}\n${appId.toUpperCase()}`)).toMatchObject([
      { line: 2, app: { id: appId } },
      { line: 3, app: { id: appId } },
    ]);
  });
});

describe("a file that is no report is refused as a whole", () => {
  const columns = Array.from({ length: 201 }, (_, index) => `c${index}`).join(",");

  test.each([
    ["B107", "", "The file is empty."],
    ["B107", "\uFEFF", "The file is blank."],
    ["B107", "\r\n\r\n", "The file is blank."],
    ["B108", utf16("ApplicationId"), 'The file is UTF-16. Save it as "CSV UTF-8".'],
    ["B108", utf16("ApplicationId").slice(2), 'The file is UTF-16. Save it as "CSV UTF-8".'],
    [
      "B109",
      latin1(`ApplicationId,DisplayName\n${appId},a\n${appId},Caf\u00e9\n`),
      'The file is not UTF-8 at line 3, column 41. Save it as UTF-8, which Excel calls "CSV UTF-8".',
    ],
    [
      "B109",
      latin1(`ApplicationId\n${appId}\n\u00c3`),
      'The file is not UTF-8 at line 3, column 1. Save it as UTF-8, which Excel calls "CSV UTF-8".',
    ],
    [
      "B109",
      `ApplicationId,DisplayName\n${appId},a\n${appId},b\u0000\n`,
      "The file holds a NUL character at line 3, column 39, which no report does. Export the report again.",
    ],
    ["B110", "Id,DisplayName\n1,a", "There is no ApplicationId among the columns: Id, DisplayName"],
    ["B110", "\u001b[2J\n", "There is no ApplicationId among the columns: ␛[2J"],
    [
      "B111",
      "ApplicationId,DisplayName,displayname\n",
      "The column 'displayname' stands there twice, as column 2 and as column 3.",
    ],
    [
      "B112",
      "ApplicationId;DisplayName\n",
      "The columns are separated by semicolons, the report's by commas. Import the file as Intune exported it: Excel may have changed that.",
    ],
    [
      "B112",
      '"ApplicationId";"a ""b"", c"\r\n"x";"y"\r\n',
      "The columns are separated by semicolons, the report's by commas. Import the file as Intune exported it: Excel may have changed that.",
    ],
    [
      "B112",
      "ApplicationId\tDisplayName\n",
      "The columns are separated by tabs, the report's by commas. Import the file as Intune exported it: Excel may have changed that.",
    ],
    [
      "CR alone",
      `ApplicationId,DisplayName\r${appId},a\r${appId},b\r`,
      'The lines end in CR alone. Save the file as "CSV UTF-8".',
    ],
    [
      "CR alone",
      `"ApplicationId","DisplayName"\r"${appId}","a"\r`,
      'The lines end in CR alone. Save the file as "CSV UTF-8".',
    ],
    [
      "B113",
      `ApplicationId,DisplayName\n${appId},"${"a\r".repeat(40_000)}"\n`,
      "Line 2 is longer than 65536 characters.",
    ],
    [
      "CR alone",
      `ApplicationId,DisplayName\r${`${appId},a\r`.repeat(10_000)}`,
      'The lines end in CR alone. Save the file as "CSV UTF-8".',
    ],
    ["B113", `ApplicationId\n${appId}\n${"x".repeat(10_000_000)}`, "Line 3 is longer than 65536 characters."],
    // So long that it ends in the chunk that follows.
    ["B113", `ApplicationId\n${"x".repeat(65_537)}\n${appId}\n`, "Line 2 is longer than 65536 characters."],
    [
      "B113",
      `ApplicationId,DisplayName\n${appId},"${"x\n".repeat(100_000)}`,
      "The quote at line 2, column 38 is not closed within 65536 characters.",
    ],
    [
      "B113",
      `ApplicationId,DisplayName\n${appId},a\n${appId},"b\n${appId},c\n`,
      "The quote at line 3, column 38 is never closed.",
    ],
    [
      "B113",
      `ApplicationId,DisplayName\n${appId},a\n${appId},"b"c\n${appId},d\n`,
      "Text follows the cell that is quoted at line 3, column 38. A quote inside a quoted cell is written twice.",
    ],
    [
      "B113",
      `ApplicationId,DisplayName,Publisher\r\n${appId},"a\r\nb","c\n`,
      "The quote at line 3, column 4 is never closed.",
    ],
    ["B114", `ApplicationId,${columns}\n`, "The header has 202 columns; at most 200 are read."],
    ["B115", "<!doctype html><p>Sign in", "The file is HTML or XML, not a report."],
    ["gzip", Uint8Array.of(0x1f, 0x8b, 8, 0), "The file is packed with gzip. Unpack it first."],
    [
      "B115",
      `Report of June\n${intuneHeader}\n${intuneRow}`,
      "There is no ApplicationId among the columns: Report of June",
    ],
  ])("%s: %#", async (_case, file, message) => {
    expect(await refusal(file)).toMatchObject({ status: 400, code: "BadRequest", message });
  });
});

describe("a JSON report", () => {
  const value = {
    ApplicationId: appId.toUpperCase(),
    DisplayName: "Contoso Portal",
    Platform: 5,
    AppVersion: null,
    FailedDeviceCount: "4",
    FailedUserCount: 15,
  };
  const row = {
    line: 1,
    app: { id: appId, displayName: "Contoso Portal", "@odata.type": "#microsoft.graph.win32LobApp" },
    patch: { failedDeviceCount: 4, failedUserCount: 15 },
  };

  test("is read like the CSV, from numbers and from text", async () => {
    expect(await read(JSON.stringify({ values: [value] }))).toEqual([row]);
    expect(
      await read(`\uFEFF\r\n  ${JSON.stringify({ TotalRowCount: 1, values: [value] }, null, 2)}`),
    ).toEqual([row]);
    expect(await read('{"values":[]}')).toEqual([]);
  });

  test("refuses a row for what no cell could say", async () => {
    const values = [null, "", true, [4], {}, 1.5, -1].map((count) => ({
      ApplicationId: appId,
      FailedDeviceCount: count,
    }));
    const rows = await read(JSON.stringify({ values: [...values, { ApplicationId: 7 }, value] }));
    expect(rows.map((one) => "problem" in one)).toEqual([...values.map(() => true), true, false]);
    expect(rows[2]).toEqual({
      line: 3,
      id: appId,
      column: "FailedDeviceCount",
      problem: "FailedDeviceCount must be a whole number from 0 to 2147483647; got 'true'.",
    });
  });

  test("refuses a row for a name that no database can hold", async () => {
    const values = ["a\u0000b", "\ud800"].map((name) => ({ ApplicationId: appId, DisplayName: name }));
    expect(await read(JSON.stringify({ values }))).toEqual([
      {
        line: 1,
        id: appId,
        column: "DisplayName",
        problem: "'a␀b' holds a character that no text can hold.",
      },
      {
        line: 2,
        id: appId,
        column: "DisplayName",
        problem: "'⟨U+D800⟩' holds a character that no text can hold.",
      },
    ]);
  });

  test("judges numbers by their text", async () => {
    const texts = ["4.0", "4e0", "4.0000000000000000001", "1e400", "-0"];
    const rows = texts.map((text) => `{"ApplicationId":"${appId}","FailedDeviceCount":${text}}`);
    expect((await read(`{"values":[${rows.join(",")}]}`)).map(countOrProblem)).toEqual([
      4,
      4,
      "FailedDeviceCount must be a whole number from 0 to 2147483647; got '4.0000000000000000001'.",
      "FailedDeviceCount must be a whole number from 0 to 2147483647; got '1e400'.",
      0,
    ]);
  });

  test("may have rows of different members, of which each is judged for itself", async () => {
    const values = [{ ApplicationId: appId }, { DisplayName: "a" }, value];
    expect(await read(JSON.stringify({ values }))).toEqual([
      { line: 1, app: { id: appId }, patch: {} },
      { line: 2, problem: "There is no ApplicationId among the columns: DisplayName" },
      { ...row, line: 3 },
    ]);
    const repeated = `{"ApplicationId":"${appId}","FailedDeviceCount":1,"FailedDeviceCount":2}`;
    expect(await read(`{"values":[{"ApplicationId":"${appId}"},${repeated}]}`)).toEqual([
      { line: 1, app: { id: appId }, patch: {} },
      {
        line: 2,
        problem: "The column 'FailedDeviceCount' stands there twice, as column 2 and as column 3.",
      },
    ]);
  });

  test.each([
    ['{"values":[{"ApplicationId":"', "The file breaks off at line 1, column 30."],
    [`{"values":[{"ApplicationId":"${appId}"}`, "The file breaks off at line 1, column 68."],
    ['{\n  "values": [\n    {"ApplicationId": nope}\n', "The file stops being JSON at line 3, column 23."],
    ['{"values":[],\r\n "x": "a\nb"}', "The file stops being JSON at line 2, column 9."],
    ['{"values":[]} x', "The file stops being JSON at line 1, column 15."],
    ['{"values":[],}', "The file stops being JSON at line 1, column 14."],
    ['{"values":[] "x":1}', "The file stops being JSON at line 1, column 14."],
    ['{"values":[{}{}]}', "The file stops being JSON at line 1, column 14."],
    [`{"values":[{"ApplicationId":"${appId}"} {}]}`, "The file stops being JSON at line 1, column 69."],
    ["{1:2}", "The file stops being JSON at line 1, column 3."],
    ["[]", "The file has an array instead of an object at line 1, column 1."],
    ['{"values":[{"ApplicationId":[[', "The file breaks off at line 1, column 31."],
    [
      `{"x":1,"values":[${"[".repeat(17)}${"]".repeat(17)}]}`,
      "The file holds a value nested deeper than 16 at line 1, column 18.",
    ],
    ["{}", /^The JSON has no list 'values'\. A report looks like /],
    ['{"values":{}}', /has no list 'values'/],
    ['{"values":[],"Values":[]}', "The file names 'Values' a second time at line 1, column 14."],
    ['{"values":{},\n "values":[]}', "The file names 'values' a second time at line 2, column 2."],
    ['{"values":[],"x":1,"values":{}}', "The file names 'values' a second time at line 1, column 20."],
    [
      '{"TotalRowCount":1,"totalRowCount":0,"values":[]}',
      "The file names 'totalRowCount' a second time at line 1, column 20.",
    ],
    [
      '{"Schema":[{"Column":"ApplicationId"}],\n"SCHEMA":[{"Column":"ApplicationId"}],"Values":[]}',
      "The file names 'SCHEMA' a second time at line 2, column 1.",
    ],
    [
      '{"Values":[["x"]],"Schema":[{"Column":"ApplicationId"}],"Schema":[{"Column":"x"}]}',
      "The file names 'Schema' a second time at line 1, column 57.",
    ],
    ['{"values":[4]}', /has neither an object nor an array as row 1/],
    ['{"TotalRowCount":2,"values":[{"ApplicationId":"x"}]}', /1 of 2 rows/],
    ['{"values":[{"DisplayName":"a"}]}', /no ApplicationId among the columns: DisplayName/],
  ])("is refused where it is none or not whole (B116): %s", async (text, message) => {
    const error = await refusal(text);
    expect(error).toMatchObject({ status: 400, code: "BadRequest" });
    expect(error.message).toMatch(message);
  });

  test.each(['"many"', "-1", "1.5", "null", "true", "[1]"])(
    "is refused where it has %s rows (B116)",
    async (total) => {
      expect((await refusal(`{"TotalRowCount":${total},"values":[]}`)).message).toMatch(
        /^The JSON has a 'TotalRowCount' that is no number of rows\. /,
      );
    },
  );

  test.each([
    ["a text", `{"values":[{"ApplicationId":"${"x".repeat(200_000)}"}]}`, 12],
    ["a number", `{"values":[${"1".repeat(200_000)}]}`, 12],
    ["an array", `{"values":[[${'"x",'.repeat(50_000)}"x"]]}`, 12],
    ["a name", `{"${"x".repeat(200_000)}":1}`, 2],
  ])("is refused where a value has no end (B113): %s", async (_what, text, column) => {
    expect((await refusal(text)).message).toBe(
      `The file holds a value longer than 65536 characters at line 1, column ${column}.`,
    );
  });

  test("is taken for JSON exactly where it is some", async () => {
    const whole = JSON.stringify(
      { TotalRowCount: 1, values: [{ ...value, DisplayName: 'a\\"]}\u2028' }], x: {} },
      null,
      1,
    );
    const edits = fc.record({
      at: fc.integer({ min: 1, max: whole.length - 1 }),
      remove: fc.nat({ max: 2 }),
      insert: fc.constantFrom("", ",", "]", "}", '"', "\\", "1", " ", "[{", "\n"),
    });
    await fc.assert(
      fc.asyncProperty(edits, async ({ at, remove, insert }) => {
        const text = whole.slice(0, at) + insert + whole.slice(at + remove);
        const outcome: unknown = await read(text).catch((error: unknown) => error);
        const message = outcome instanceof Error ? outcome.message : "";
        expect(/stops being JSON|breaks off/.test(message)).toBe(!isJson(text));
      }),
      { numRuns: 500 },
    );
  });
});

describe("a report as Graph answers it, with a schema", () => {
  const schema = [
    { Column: "ApplicationId", PropertyType: "String" },
    { Column: "DisplayName", PropertyType: "String" },
    { Column: "FailedDeviceCount", PropertyType: "Int64" },
    { Column: "FailedDevicePercentage", PropertyType: "Double" },
  ];
  const values = [
    [appId, "Contoso Portal", "0", "0"],
    [otherId, "Contoso Mail", 3, 1.5],
  ];
  const rows = [
    { line: 1, app: { id: appId, displayName: "Contoso Portal" }, patch: { failedDeviceCount: 0 } },
    { line: 2, app: { id: otherId, displayName: "Contoso Mail" }, patch: { failedDeviceCount: 3 } },
  ];

  test("is read from text and from numbers, its members in any order", async () => {
    const report = { TotalRowCount: 2, Schema: schema, Values: values, SessionId: "" };
    expect(await read(JSON.stringify(report))).toEqual(rows);
    expect(await read(JSON.stringify({ Values: values, Schema: schema }, null, 2))).toEqual(rows);
    expect(await read(JSON.stringify({ ...report, TotalRowCount: 0, Values: [] }))).toEqual([]);
  });

  test("is read whatever the case of its names, be a number text or not", async () => {
    const lower = schema.map(({ Column }) => ({ column: Column.toLowerCase() }));
    expect(await read(JSON.stringify({ totalRowCount: "2", schema: lower, values }))).toEqual(rows);
    const upper = schema.map(({ Column }) => ({ COLUMN: Column.toUpperCase() }));
    expect(await read(JSON.stringify({ VALUES: values, TOTALROWCOUNT: 2, SCHEMA: upper }))).toEqual(rows);
    expect((await refusal(JSON.stringify({ totalRowCount: 3, schema: lower, values }))).message).toBe(
      "The report has 2 of 3 rows: it is not complete.",
    );
  });

  test("may name members twice that no report is made of", async () => {
    const text = JSON.stringify({ Schema: schema, Values: values });
    expect(await read(`{"x":1,"x":[],${text.slice(1)}`)).toEqual(rows);
  });

  test("says of each row what is wrong with it", async () => {
    const wrong = [...values, [appId, "a", null, "0"], [appId, "b"], ["x", "c", 1, 1]];
    expect((await read(JSON.stringify({ Schema: schema, Values: wrong }))).map(countOrProblem)).toEqual([
      0,
      3,
      "FailedDeviceCount must be a whole number from 0 to 2147483647; the cell is empty.",
      "The row has 2 cells, the header has 4.",
      "The ApplicationId 'x' is not a GUID.",
    ]);
  });

  test.each([
    [{ TotalRowCount: 3, Schema: schema, Values: values }, "The report has 2 of 3 rows: it is not complete."],
    [{ TotalRowCount: 25, Schema: schema, Values: [] }, "The report has 0 of 25 rows: it is not complete."],
    [{ Values: values }, /has 'Values' but no 'Schema'/],
    [{ Schema: schema }, /has no list 'values'/],
    [{ Schema: [], Values: values }, /has a 'Schema' that is no list of columns/],
    [{ Schema: [{ Name: "x" }], Values: values }, /has a 'Schema' that is no list of columns/],
    [{ Schema: "x", Values: values }, /has a 'Schema' that is no list of columns/],
    [{ Schema: [{ Column: "x", column: "y" }], Values: values }, /has a 'Schema' that is no list of columns/],
    [{ Schema: [{ Column: 1 }], Values: values }, /has a 'Schema' that is no list of columns/],
    [
      { Schema: [{ Column: "FailedDeviceCount" }], Values: [["0"]] },
      /no ApplicationId among the columns: Failed/,
    ],
    [
      { Schema: [...schema, { Column: "displayname" }], Values: [] },
      /column 'displayname' stands there twice/,
    ],
  ])("is refused where it is not whole (B116): %#", async (report, message) => {
    const error = await refusal(JSON.stringify(report));
    expect(error).toMatchObject({ status: 400, code: "BadRequest" });
    expect(error.message).toMatch(message);
  });

  test.each([
    ["long", [appId, "x".repeat(60_000)], 300],
    ["short", [], 260_000],
  ])(
    "holds no more than 16 MiB of rows before their schema, however %s they are",
    async (_what, cells, count) => {
      const report = { Values: Array.from({ length: count }, () => cells), Schema: schema };
      expect((await refusal(JSON.stringify(report))).message).toMatch(/has no 'Schema' before its 'Values'/);
    },
  );
});

describe("the export's ZIP", () => {
  const csv = `${intuneHeader}\r\n${intuneRow}\r\n`;
  const json = JSON.stringify({ values: [{ ApplicationId: appId, FailedDeviceCount: 1 }] });
  const whole = makeZip({ name: "report.csv", data: csv });

  test.each([
    ["a CSV", whole],
    ["a CSV that is stored", makeZip({ name: "report.csv", data: csv, method: 0 })],
    ["a CSV with a byte-order mark", makeZip({ name: "report.CSV", data: `\uFEFF${csv}` })],
    [
      "something beside the report",
      makeZip({ name: "read me.txt", data: "" }, { name: "report.csv", data: csv }),
    ],
    [
      "what macOS puts beside it",
      makeZip(
        { name: "export/", data: "", method: 0 },
        { name: "export/report.csv", data: csv },
        { name: "export/.DS_Store", data: "Bud1" },
        { name: "__MACOSX/", data: "", method: 0 },
        { name: "__MACOSX/export/._report.csv", data: "\u0000\u0005\u0016\u0007" },
        { name: "__MACOSX/x.csv", data: "x" },
        { name: "._report.csv", data: "x" },
      ),
    ],
    [
      "a folder whose name ends in .csv",
      makeZip({ name: "a.csv/", data: "", method: 0 }, { name: "a.csv/b.csv", data: csv }),
    ],
    // B130: a name is never a path.
    ["a name that leads out", makeZip({ name: "../../x.csv", data: csv })],
    ["a name of a drive", makeZip({ name: String.raw`C:\x.csv`, data: csv })],
    ["JSON", makeZip({ name: "report.json", data: json })],
    ["JSON under a wrong name", makeZip({ name: "report.csv", data: json })],
  ])("is read with %s", async (_what, file) => {
    expect(await read(file)).toMatchObject([{ app: { id: appId }, patch: { failedDeviceCount: 1 } }]);
  });

  const refused: readonly (readonly [string, Uint8Array, string | RegExp])[] = [
    [
      "B117",
      makeZip({ name: "report.txt", data: csv }, { name: "__MACOSX/._report.csv", data: "x" }),
      "The ZIP holds 'report.txt'; there must be one file that ends in .csv or .json.",
    ],
    ["B117", makeZip(), "The ZIP is empty; there must be one file that ends in .csv or .json."],
    [
      "B117",
      makeZip(
        { name: "\u202ea.csv", data: csv },
        ...[1, 2, 3, 4, 5, 6].map((n) => ({ name: `${n}.csv`, data: csv })),
      ),
      "The ZIP holds 7 reports: '⟨U+202E⟩a.csv', '1.csv', '2.csv', '3.csv', '4.csv' and 2 more. Import one at a time.",
    ],
    [
      "B117",
      makeZip({ name: "a.csv", data: csv }, { name: "b.json", data: json }),
      "The ZIP holds 2 reports: 'a.csv', 'b.json'. Import one at a time.",
    ],
    [
      "B118",
      makeZip({ name: "a.csv", data: csv, flags: 0x801 }),
      "'a.csv' in the ZIP is encrypted. Unpack it first.",
    ],
    [
      "B118",
      makeZip({ name: "a.csv", data: csv, method: 12 }),
      "'a.csv' in the ZIP is packed by a method other than deflate. Unpack it first.",
    ],
    [
      "B119",
      makeZip({ name: "a.csv", data: csv, crc: 1 }),
      "The ZIP cannot be read: Invalid CRC32. Export the report again, or unpack it first.",
    ],
    [
      "B119",
      makeZip({ name: "a.csv", data: csv, size: csv.length - 1 }),
      "The ZIP cannot be read: Invalid uncompressed size. Export the report again, or unpack it first.",
    ],
    ["B119", makeZip({ name: "a.csv", data: csv, size: csv.length + 1 }), /^The ZIP cannot be read: /],
    [
      "B119",
      Uint8Array.of(...whole, 10),
      "The ZIP cannot be read: Ambiguous archive, appended data. Export the report again, or unpack it first.",
    ],
    ["B119", whole.slice(0, -4), /^The ZIP cannot be read: /],
    ["B119", whole.slice(0, 60), /^The ZIP cannot be read: /],
    // Offsets of the local header: flags, method, checksum, sizes, length of the name, name.
    ...[6, 8, 14, 18, 22, 26, 30].map(
      (at) => ["B119", changed(whole, at), /^The ZIP cannot be read: /] as const,
    ),
    ["B119", overlapping(whole), "The ZIP cannot be read: its entries overlap."],
    [
      "B120",
      makeZip({ name: "a.csv", data: "0".repeat(1_000_000) }),
      "'a.csv' in the ZIP unpacks to 1000000 bytes, more than 100 times its size.",
    ],
    [
      "B120",
      makeZip({ name: "a.csv", data: "0".repeat(1_000_000), size: 100 }),
      "The ZIP cannot be read: Invalid uncompressed size. Export the report again, or unpack it first.",
    ],
    ["B120", makeZip({ name: "a.csv", data: csv, size: 2n ** 63n }), /^The ZIP cannot be read: /],
    [
      "B121",
      makeZip({ name: "a.csv", data: whole }),
      "The ZIP holds another ZIP. Unpack the outer one first.",
    ],
    ["B107", makeZip({ name: "a.csv", data: "" }), "The file is empty."],
  ];

  test.each(refused)("is refused (%s): %#", async (_case, file, message) => {
    const error = await refusal(file);
    expect(error).toMatchObject({ status: 400, code: "BadRequest" });
    expect(error.message).toMatch(message);
  });

  test("is no Excel workbook (B123)", async () => {
    const workbook = makeZip(
      { name: "[Content_Types].xml", data: "<Types/>" },
      { name: "xl/workbook.xml", data: "<x/>" },
    );
    // Before 2007, and now where it has a password.
    const old = Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1);
    for (const file of [workbook, old]) {
      expect(await refusal(file)).toMatchObject({ status: 415, code: "UnsupportedMediaType" });
    }
  });

  test("of more than 64 MiB is not held", async () => {
    const start = whole.slice(0, 64);
    const zip = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(start),
      pull: (controller) => controller.enqueue(new Uint8Array(1024 * 1024)),
    });
    expect(await failure(zip)).toMatchObject({ status: 413, code: "RequestEntityTooLarge" });
  });
});

test("how a file is cut into chunks makes no difference", async () => {
  const header = "ApplicationId,DisplayName,FailedDeviceCount\r\n";
  const long =
    header +
    csvRow(
      Array.from({ length: 3000 }, (_, at) => at ** 9)
        .join(" ")
        .slice(0, 65_400),
    ) +
    csvRow('Ünïcode ""x""\r\n👩‍💻').repeat(2) +
    csvRow("y");
  const values = [{ ApplicationId: appId, DisplayName: "👩‍💻" }, { ApplicationId: "nope" }];
  const files = [
    new TextEncoder().encode(long),
    makeZip({ name: "a.csv", data: long }),
    new TextEncoder().encode(`\uFEFF${JSON.stringify({ TotalRowCount: 2, values }, null, 1)}`),
  ];
  for (const file of files) {
    const expected = await read(file);
    expect(expected.length).toBeGreaterThan(1);
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(fc.integer({ min: 0, max: 4000 })), async (sizes) => {
        expect(await collect(chunked(file, sizes))).toEqual(expected);
      }),
      { numRuns: 20 },
    );
    expect(await collect(chunked(file, fc.sample(fc.constant(1), file.length).values()))).toEqual(expected);
  }
});

test("no bytes make it throw anything but a GraphError", async () => {
  const start = fc.constantFrom(
    "",
    "PK\u0003\u0004",
    "{",
    '{"values":[',
    "ApplicationId,FailedDeviceCount\n",
    `ApplicationId\n${appId},"`,
  );
  await fc.assert(
    fc.asyncProperty(start, fc.uint8Array({ maxLength: 200 }), async (text, bytes) => {
      const file = new Uint8Array([...new TextEncoder().encode(text), ...bytes]);
      const outcome = await collect(chunked(file, [file.length || 1].values())).catch(
        (error: unknown) => error,
      );
      expect(Array.isArray(outcome) || isGraphError(outcome)).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test("a ZIP with any byte changed is read the same or refused, and never waits", async () => {
  const zip = makeZip({ name: "a.csv", data: `${intuneHeader}\r\n${intuneRow}\r\n` });
  const expected = await read(zip);
  const places = fc.integer({ min: 0, max: zip.length - 1 });
  await fc.assert(
    fc.asyncProperty(places, fc.integer({ min: 1, max: 255 }), async (place, bits) => {
      const broken = zip.map((byte, at) => (at === place ? byte ^ bits : byte));
      const outcome = await collect(streamOf(broken)).catch((error: unknown) => error);
      expect(isGraphError(outcome) ? expected : outcome).toEqual(expected);
    }),
    { numRuns: 500 },
  );
});

test.each([
  ["CSV", "ApplicationId\n", `${appId}\n`],
  ["JSON", '{"values":[', `{"ApplicationId":"${appId}"},`],
])("whoever stops early cancels the file: %s", async (_what, start, more) => {
  const { stream, isCancelled } = endlessFile(start, more);
  for await (const row of readReport(stream)) {
    expect(row).toMatchObject({ app: { id: appId } });
    break;
  }
  expect(isCancelled()).toBe(true);
  expect(stream.locked).toBe(false);
});

test("a file that is refused is cancelled", async () => {
  const { stream, isCancelled } = endlessFile("ApplicationId\n", '"x"y\n');
  expect(await failure(stream)).toMatchObject({ status: 400 });
  expect(isCancelled()).toBe(true);
});

test("whoever stops early may do so within a ZIP", async () => {
  const data = `ApplicationId\n${Array.from({ length: 50_000 }, () => crypto.randomUUID()).join("\n")}`;
  const stream = streamOf(makeZip({ name: "a.csv", data }));
  for await (const row of readReport(stream)) {
    expect(row).toMatchObject({ line: 2 });
    break;
  }
  expect(stream.locked).toBe(false);
});

test("a file that breaks off fails with its own error", async () => {
  const own = new Error("the disk is gone");
  const broken = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(new TextEncoder().encode("ApplicationId\n")),
    pull: (controller) => controller.error(own),
  });
  expect(await failure(broken)).toBe(own);
});

function csvRow(displayName: string): string {
  return `${otherId},"${displayName}",2\r\n`;
}

function countOrProblem(row: ReportRow): number | string | undefined {
  return "problem" in row ? row.problem : row.patch.failedDeviceCount;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

async function read(file: string | Uint8Array): Promise<readonly ReportRow[]> {
  return collect(streamOf(file));
}

async function refusal(file: string | Uint8Array): Promise<GraphError> {
  const error = await failure(streamOf(file));
  if (!isGraphError(error)) throw error;
  return error;
}

async function failure(stream: ReadableStream<Uint8Array>): Promise<unknown> {
  try {
    await collect(stream);
  } catch (error) {
    return error;
  }
  throw new Error("it was read");
}

async function collect(stream: ReadableStream<Uint8Array>): Promise<readonly ReportRow[]> {
  const rows: ReportRow[] = [];
  for await (const row of readReport(stream)) rows.push(row);
  return rows;
}

function streamOf(file: string | Uint8Array): ReadableStream<Uint8Array> {
  return new Blob([typeof file === "string" ? file : new Uint8Array(file)]).stream();
}

function chunked(file: Uint8Array, sizes: Iterator<number>): ReadableStream<Uint8Array> {
  let from = 0;
  return new ReadableStream({
    pull(controller) {
      const size = Number(sizes.next().value ?? file.length);
      if (from >= file.length) controller.close();
      else controller.enqueue(file.slice(from, (from += size)));
    },
  });
}

/** A file that goes on for ever. */
function endlessFile(
  start: string,
  more: string,
): { readonly stream: ReadableStream<Uint8Array>; readonly isCancelled: () => boolean } {
  let cancelled = false;
  const stream = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(new TextEncoder().encode(start)),
    pull: (controller) => controller.enqueue(new TextEncoder().encode(more)),
    cancel: () => {
      cancelled = true;
    },
  });
  return { stream, isCancelled: () => cancelled };
}

function utf16(text: string): Uint8Array {
  return Uint8Array.from(
    `\uFEFF${text}`.split("").flatMap((unit) => [unit.charCodeAt(0) & 0xff, unit.charCodeAt(0) >> 8]),
  );
}

function latin1(text: string): Uint8Array {
  return Uint8Array.from(text.split("").map((character) => character.charCodeAt(0)));
}

function changed(file: Uint8Array, at: number): Uint8Array {
  return file.map((byte, index) => (index === at ? byte ^ 0x41 : byte));
}

/** The same archive with a second name for the bytes of its one file. */
function overlapping(zip: Uint8Array): Uint8Array {
  const view = new DataView(zip.buffer, zip.byteOffset);
  const end = zip.length - 22;
  const size = view.getUint32(end + 12, true);
  const directory = zip.slice(end - size, end);
  const renamed = directory.slice();
  renamed[46] = "x".charCodeAt(0);
  renamed.set(new TextEncoder().encode(".txt"), directory.length - 4);
  const result = new Uint8Array([...zip.slice(0, end), ...renamed, ...zip.slice(end)]);
  const patched = new DataView(result.buffer);
  patched.setUint16(end + size + 8, 2, true);
  patched.setUint16(end + size + 10, 2, true);
  patched.setUint32(end + size + 12, size * 2, true);
  return result;
}
