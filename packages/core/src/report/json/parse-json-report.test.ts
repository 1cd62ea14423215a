import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { allOf, textInPieces } from "../../../test/in-pieces.ts";
import { read, refusal } from "../../../test/read-rows.ts";
import { appId } from "../../../test/samples.ts";
import { parseJsonReport } from "./parse-json-report.ts";
import type { ReportRow } from "../rows/report-row.ts";

const otherId = "11111111-1111-1111-1111-111111111111";
const getTheRest =
  "Request the other pages with skip and top and give all pages at once, or export the report as ZIP.";

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

  test("rejects a row for a value that no cell could have", async () => {
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

  test("rejects a row whose name or publisher is no text, and reads what else is nested past", async () => {
    const rows = await read(
      JSON.stringify([
        { ApplicationId: appId, DisplayName: { en: "a" }, FailedDeviceCount: 1 },
        { id: appId, displayName: "a", publisher: [], installSummary: { failedDeviceCount: 1 } },
        { id: appId, displayName: "a", roleScopeTagIds: ["0"], installSummary: { failedDeviceCount: 1 } },
      ]),
    );
    expect(rows).toMatchObject([
      { line: 1, id: appId, column: "DisplayName", problem: "DisplayName must be a text; got {…}." },
      { line: 2, id: appId, column: "publisher", problem: "publisher must be a text; got […]." },
      { line: 3, app: { displayName: "a" }, patch: { failedDeviceCount: 1 } },
    ]);
    const schema = ["ApplicationId", "FailedDeviceCount", "DisplayName"].map((Column) => ({ Column }));
    const Values = [[appId, "1", ["a"]]];
    const nested = [
      { line: 1, id: appId, column: "DisplayName", problem: "DisplayName must be a text; got […]." },
    ];
    expect(await read(JSON.stringify({ Schema: schema, Values }))).toEqual(nested);
    expect(await read(JSON.stringify({ Values, Schema: schema }))).toEqual(nested);
  });

  test("rejects a row with a name that no database can store", async () => {
    const values = ["a\u0000b", "\ud800"].map((name) => ({
      ApplicationId: appId,
      DisplayName: name,
      FailedDeviceCount: 1,
    }));
    expect(await read(JSON.stringify({ values }))).toEqual([
      {
        line: 1,
        id: appId,
        column: "DisplayName",
        problem: "'a␀b' contains an invalid character (NUL or unpaired surrogate).",
      },
      {
        line: 2,
        id: appId,
        column: "DisplayName",
        problem: "'⟨U+D800⟩' contains an invalid character (NUL or unpaired surrogate).",
      },
    ]);
  });

  test("reads numbers by their text", async () => {
    const texts = ["4.0", "4e0", "1.000", "4.0000000000000000001", "1e400", "-0"];
    const rows = texts.map((text) => `{"ApplicationId":"${appId}","FailedDeviceCount":${text}}`);
    expect((await read(`{"values":[${rows.join(",")}]}`)).map(countOrProblem)).toEqual([
      4,
      4,
      1,
      "FailedDeviceCount must be a whole number from 0 to 2147483647; got '4.0000000000000000001'.",
      "FailedDeviceCount must be a whole number from 0 to 2147483647; got '1e400', which has an exponent. Write the digits in full.",
      0,
    ]);
  });

  test("may have rows with different members, each checked on its own", async () => {
    const values = [{ ApplicationId: appId }, { DisplayName: "a" }, value];
    expect(await read(JSON.stringify({ values }))).toEqual([
      { line: 1, id: appId, problem: "The row has no counters." },
      { line: 2, problem: "The column ApplicationId is missing. The file has these columns: DisplayName" },
      { ...row, line: 3 },
    ]);
    await expect(read('{"values":[{}]}')).rejects.toThrow(
      "The column ApplicationId is missing. The file has no columns.",
    );
    const repeated = `{"ApplicationId":"${appId}","FailedDeviceCount":1,"FailedDeviceCount":2}`;
    expect(await read(`{"values":[${JSON.stringify(value)},${repeated}]}`)).toEqual([
      row,
      {
        line: 2,
        id: appId,
        problem: "The column 'FailedDeviceCount' appears twice (columns 2 and 3).",
      },
    ]);
  });

  test.each([
    ['{"values":[{"ApplicationId":"', "The file ends unexpectedly at line 1, column 30."],
    [`{"values":[{"ApplicationId":"${appId}"}`, "The file ends unexpectedly at line 1, column 68."],
    ['{\n  "values": [\n    {"ApplicationId": nope}\n', "The file is not valid JSON at line 3, column 23."],
    ['{"values":[],\r\n "x": "a\nb"}', "The file is not valid JSON at line 2, column 9."],
    ['{"values":[]} x', "The file is not valid JSON at line 1, column 15."],
    ['{"values":[],}', "The file is not valid JSON at line 1, column 14."],
    ['{"values":[] "x":1}', "The file is not valid JSON at line 1, column 14."],
    ['{"values":[{}{}]}', "The file is not valid JSON at line 1, column 14."],
    [`{"values":[{"ApplicationId":"${appId}"} {}]}`, "The file is not valid JSON at line 1, column 69."],
    ["{1:2}", "The file is not valid JSON at line 1, column 3."],
    ['{"values":[{"ApplicationId":[[', "The file ends unexpectedly at line 1, column 31."],
    [
      `{"x":1,"values":[${"[".repeat(17)}${"]".repeat(17)}]}`,
      "The file has a value nested deeper than 16 at line 1, column 18.",
    ],
    ["{}", /^The JSON has no list 'values'\. A report looks like /],
    ['{"values":{}}', /has no list 'values'/],
    ['{"values":[],"Values":[]}', "The file contains 'Values' twice, again at line 1, column 14."],
    ['{"values":{},\n "values":[]}', "The file contains 'values' twice, again at line 2, column 2."],
    ['{"values":[],"x":1,"values":{}}', "The file contains 'values' twice, again at line 1, column 20."],
    [
      '{"TotalRowCount":1,"totalRowCount":0,"values":[]}',
      "The file contains 'totalRowCount' twice, again at line 1, column 20.",
    ],
    [
      '{"Schema":[{"Column":"ApplicationId"}],\n"SCHEMA":[{"Column":"ApplicationId"}],"Values":[]}',
      "The file contains 'SCHEMA' twice, again at line 2, column 1.",
    ],
    [
      '{"Values":[["x"]],"Schema":[{"Column":"ApplicationId"}],"Schema":[{"Column":"x"}]}',
      "The file contains 'Schema' twice, again at line 1, column 57.",
    ],
    ['{"values":[4]}', /has neither an object nor an array as row 1/],
    ['{"TotalRowCount":2,"values":[{"ApplicationId":"x","FailedDeviceCount":1}]}', /1 of 2 rows/],
    ['{"values":[{"DisplayName":"a"}]}', /column ApplicationId is missing.*: DisplayName/],
  ])("is rejected as a whole when it is not valid or not complete (B116): %s", async (text, message) => {
    const error = await refusal(text);
    expect(error).toMatchObject({ status: 400, code: "BadRequest" });
    expect(error.message).toMatch(message);
  });

  test.each(['"many"', "-1", "1.5", "null", "true", "[1]"])(
    "is rejected as a whole when TotalRowCount is %s (B116)",
    async (total) => {
      expect((await refusal(`{"TotalRowCount":${total},"values":[]}`)).message).toMatch(
        /^The JSON has a 'TotalRowCount' that is not a number of rows\. /,
      );
    },
  );

  test.each([
    [
      "a text",
      `{"values":[{"ApplicationId":"${"x".repeat(200_000)}"}]}`,
      "column 12. It is row 1, and most of it is 'ApplicationId'. Leave it out, or shorten it.",
    ],
    ["a number", `{"values":[[],${"1".repeat(200_000)}]}`, "column 15. It is row 2."],
    ["an array", `{"values":[[${'"x",'.repeat(50_000)}"x"]]}`, "column 12. It is row 1."],
    ["many members", `[{${'"x":"y",'.repeat(50_000)}"x":1}]`, "column 2. It is row 1."],
    ["a name", `{"${"x".repeat(200_000)}":1}`, "column 2. It is the name of a member."],
    ["a member", `{"a":"${"x".repeat(200_000)}"}`, "column 6. It is the member 'a'."],
    [
      "the picture of an app",
      `{"value":[{"id":"a"}, {"id":"b\\"","largeIcon" : {"type":"image/png","value":"${"A".repeat(100_000)}"},"x":1}]}`,
      "column 23. It is row 2, and most of it is 'largeIcon'. Leave it out, or shorten it.",
    ],
  ])("is rejected as a whole when a value has no end (B113): %s", async (_what, text, rest) => {
    expect((await refusal(text)).message).toBe(
      `The file has a value longer than 65536 characters at line 1, ${rest}`,
    );
  });

  test("is rejected as a whole when the members of an app alone are too long together", async () => {
    const text = JSON.stringify({ ...value, notes: "x".repeat(60_000), description: "y".repeat(10_000) });
    expect((await refusal(text)).message).toBe(
      "The app in the file is longer than 65536 characters. Leave out the members that are no columns of a report.",
    );
  });

  test("is read as JSON exactly when JSON.parse reads it", async () => {
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
        expect(/is not valid JSON|ends unexpectedly/.test(message)).toBe(!isJson(text));
      }),
      { numRuns: 500 },
    );
  });
});

describe("a report as Graph returns it, with a schema", () => {
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

  test("is read from text and from numbers, with its members in any order", async () => {
    const report = { TotalRowCount: 2, Schema: schema, Values: values, SessionId: "" };
    expect(await read(JSON.stringify(report))).toEqual(rows);
    expect(await read(JSON.stringify({ Values: values, Schema: schema }, null, 2))).toEqual(rows);
    expect(await read(JSON.stringify({ ...report, TotalRowCount: 0, Values: [] }))).toEqual([]);
  });

  test("is read with names in any case, and numbers as text or not", async () => {
    const lower = schema.map(({ Column }) => ({ column: Column.toLowerCase() }));
    expect(await read(JSON.stringify({ totalRowCount: "2", schema: lower, values }))).toEqual(rows);
    const upper = schema.map(({ Column }) => ({ COLUMN: Column.toUpperCase() }));
    expect(await read(JSON.stringify({ VALUES: values, TOTALROWCOUNT: 2, SCHEMA: upper }))).toEqual(rows);
    expect((await refusal(JSON.stringify({ totalRowCount: 3, schema: lower, values }))).message).toBe(
      `The report has 2 of 3 rows: it is not complete. ${getTheRest}`,
    );
  });

  test("may repeat members that a report does not have", async () => {
    const text = JSON.stringify({ Schema: schema, Values: values });
    expect(await read(`{"x":1,"x":[],${text.slice(1)}`)).toEqual(rows);
  });

  test("says of each row what is wrong with it", async () => {
    const wrong = [...values, [appId, "a", null, "0"], [appId, "b"], ["x", "c", 1, 1]];
    const found = await read(JSON.stringify({ Schema: schema, Values: wrong }));
    expect(found[3]).toHaveProperty("id", appId);
    expect(found.map(countOrProblem)).toEqual([
      0,
      3,
      "FailedDeviceCount must be a whole number from 0 to 2147483647; the cell is empty.",
      "The row has 2 cells, the header has 4.",
      "The ApplicationId 'x' is not a GUID.",
    ]);
  });

  test.each([
    [{ TotalRowCount: 3, Schema: schema, Values: values }, /has 2 of 3 rows: it is not complete/],
    [{ TotalRowCount: 25, Schema: schema, Values: [] }, /has 0 of 25 rows: it is not complete/],
    [{ Values: values }, /has arrays as rows, but no 'Schema'/],
    [{ Schema: schema }, /has no list 'values'/],
    [{ Schema: [], Values: values }, /has a 'Schema' that is not a list of columns/],
    [{ Schema: [{ Name: "x" }], Values: values }, /has a 'Schema' that is not a list of columns/],
    [{ Schema: "x", Values: values }, /has a 'Schema' that is not a list of columns/],
    [
      { Schema: [{ Column: "x", column: "y" }], Values: values },
      /has a 'Schema' that is not a list of columns/,
    ],
    [{ Schema: [{ Column: 1 }], Values: values }, /has a 'Schema' that is not a list of columns/],
    [
      { Schema: [{ Column: "FailedDeviceCount" }], Values: [["0"]] },
      /column ApplicationId is missing.*: Failed/,
    ],
    [{ Schema: [...schema, { Column: "displayname" }], Values: [] }, /column 'displayname' appears twice/],
  ])("is rejected when it is not complete (B116): %#", async (report, message) => {
    const error = await refusal(JSON.stringify(report));
    expect(error).toMatchObject({ status: 400, code: "BadRequest" });
    expect(error.message).toMatch(message);
  });

  test.each([
    ["long", [appId, "x".repeat(60_000)], 300],
    ["short", [], 260_000],
  ])("holds at most 16 MiB of %s rows before their schema", async (_what, cells, count) => {
    const report = { Values: Array.from({ length: count }, () => cells), Schema: schema };
    expect((await refusal(JSON.stringify(report))).message).toMatch(
      /has too many 'Values' before its 'Schema'/,
    );
  });
});

const cells = [
  [appId, 'Ünïcode "\\x" \ud800]}', 1],
  [appId, "👩‍💻", 2.5],
  ["nope", null, true],
];
const columns = ["ApplicationId", "DisplayName", "FailedDeviceCount"];
const values = cells.map((row) => Object.fromEntries(row.map((cell, at) => [columns[at], cell])));
const schema = columns.map((Column) => ({ Column }));

const reports = [
  `${JSON.stringify({ TotalRowCount: 3, values }, null, 1)}\n`,
  JSON.stringify({ Schema: schema, Values: cells }),
  JSON.stringify({ Values: cells, x: { y: "]}" }, Schema: schema }),
];

test.each(reports)("a report is read alike however it is cut: %#", async (text) => {
  expect(await outcomeOfCuts(text)).toHaveLength(3);
});

test.each([
  [`{"values":[{"ApplicationId":\n "${appId}"},{}\n\n nope]}`, "is not valid JSON at line 4, column 2."],
  [`{"Values":[],\n\n "x\\"":"\n`, "is not valid JSON at line 3, column 9."],
  ['{"Values":[], "x": "\\"",\n\n "values":[]}', "contains 'values' twice, again at line 3, column 2."],
])("the position of a fault is the same however the report is cut: %#", async (text, what) => {
  expect(await outcomeOfCuts(text)).toBe(`The file ${what}`);
});

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

/** What becomes of a text, which is the same however it is cut. */
async function outcomeOfCuts(text: string): Promise<readonly ReportRow[] | string> {
  const whole = await rowsOrRefusal(textInPieces(text, [text.length].values()));
  await fc.assert(
    fc.asyncProperty(fc.infiniteStream(fc.integer({ min: 1, max: 9 })), async (sizes) => {
      expect(await rowsOrRefusal(textInPieces(text, sizes))).toEqual(whole);
    }),
    { numRuns: 200 },
  );
  return whole;
}

async function rowsOrRefusal(texts: AsyncIterable<string>): Promise<readonly ReportRow[] | string> {
  try {
    return (await allOf(parseJsonReport(texts))).flat();
  } catch (error) {
    return error instanceof Error ? error.message : "no error";
  }
}
