import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { intuneHeader, intuneRow } from "../../test/intune-report.ts";
import { makeZip } from "../../test/make-zip.ts";
import { read, refusal } from "../../test/read-rows.ts";
import { formatSummary } from "../resource/format-summary.ts";
import { appId, examplePatch } from "../../test/samples.ts";
import { counterNames } from "../resource/counters.ts";

const otherId = "7f3c1a52-4d0e-4c7b-9b1f-2f5a6c8d9e01";
const portal = { displayName: "Contoso Portal", publisher: "Contoso" };
const windowsApp = { id: appId, ...portal, "@odata.type": "#microsoft.graph.win32LobApp" };

/** Members that have the name of an error. */
const errorMembers = (error: unknown) => ["error", "Error"].map((name) => ({ [name]: error }));

describe("a counter as text (A1)", () => {
  const rule = "InstalledDeviceCount must be a whole number from 0 to 2147483647";

  test.each([
    ["1.000", "got '1.000', which may be a thousand. Write it without the point."],
    ["2.500", "got '2.500', which may be a thousand. Write it without the point."],
    ['"1,000"', "got '1,000', which has a separator. Write the digits alone."],
    ["1 000", "got '1 000', which has a separator. Write the digits alone."],
    ["1e3", "got '1e3', which has an exponent. Write the digits in full."],
    ["+3", "got '+3'."],
  ])("that is %s is refused and told how to write it", async (cell, why) => {
    const row = intuneRow.replace(",4,2,1,", `,${cell},2,1,`);
    expect(await read(`${intuneHeader}\n${row}`)).toEqual([
      { line: 2, id: appId, column: "InstalledDeviceCount", problem: `${rule}; ${why}` },
    ]);
    const value = { ApplicationId: appId, InstalledDeviceCount: cell.replaceAll('"', "") };
    expect(await read(JSON.stringify({ values: [value] }))).toMatchObject([{ problem: `${rule}; ${why}` }]);
  });

  test("that is 4.0, as data frames write it, is 4, and 1204 is 1204", async () => {
    const header = `,${intuneHeader}`;
    const row = `0,${intuneRow.replace(",4,2,1,", ",4.0,2.0,1204,")}`;
    const patch = {
      ...examplePatch,
      installedDeviceCount: 4,
      installedUserCount: 2,
      failedDeviceCount: 1204,
    };
    expect(await read(`${header}\n${row}`)).toMatchObject([{ patch }]);
  });
});

describe("a file in UTF-16 with a byte-order mark is read (A2)", () => {
  const csv = `${intuneHeader}\r\n${intuneRow.replace("Portal", "Pörtal 👩‍💻")}\r\n`;
  const quoted = csv.replaceAll(/[^,\r\n]+/g, '"$&"');
  const json = JSON.stringify({
    values: [{ ApplicationId: appId, DisplayName: "é👩‍💻", FailedDeviceCount: 4 }],
  });

  test.each([
    ["CSV", csv],
    ["CSV with every cell quoted", quoted],
    ["JSON", json],
  ])("%s, in both byte orders, and in a ZIP", async (_what, text) => {
    const expected = await read(text);
    expect(expected).toMatchObject([{ app: { id: appId } }]);
    for (const bytes of [utf16(text, "le"), utf16(text, "be")]) {
      expect(await read(bytes)).toEqual(expected);
      expect(await read(makeZip({ name: "a.csv", data: bytes }))).toEqual(expected);
    }
  });

  test("what is not UTF-16 in it has its line and column", async () => {
    for (const order of ["le", "be"] as const) {
      const bytes = utf16(`${intuneHeader}\n${"👩".repeat(30_000)}\n😀\ud800x`, order);
      expect((await refusal(bytes)).message).toBe(
        'The file is not UTF-16 at line 3, column 3. Save it as UTF-8, which Excel calls "CSV UTF-8".',
      );
    }
    expect((await refusal(utf16(csv, "le").slice(0, -1))).message).toMatch(
      /^The file is not UTF-16 at line 2, /,
    );
  });

  test("without a mark it is refused (B108)", async () => {
    expect((await refusal(utf16(csv, "le").slice(2))).message).toMatch(
      /^The file is UTF-16 without a byte-order mark/,
    );
  });
});

describe("rows as JSON without a list around them (A3)", () => {
  const counters = Object.fromEntries(
    counterNames.map((name) => [`${name[0]?.toUpperCase()}${name.slice(1)}`, "4"]),
  );
  const row = (id: string) => ({
    ApplicationId: id,
    DisplayName: "Contoso VPN",
    Platform: "Windows",
    ...counters,
  });

  test("a list of rows is a report", async () => {
    const rows = await read(JSON.stringify([row(appId), row(otherId)]));
    expect(rows).toEqual(await read(JSON.stringify({ values: [row(appId), row(otherId)] })));
    expect(rows).toMatchObject([{ app: { id: appId } }, { app: { id: otherId } }]);
    expect(await read(` \n${JSON.stringify([row(appId)], null, 2)}\n`)).toHaveLength(1);
    expect(await read("[]")).toEqual([]);
  });

  const failed = "The JSON is the response of a request that failed.";

  test.each([
    ["error", { code: "TooManyRequests", message: "Later." }],
    ["Error", { message: "Later." }],
    ["ERROR", { Code: "TooManyRequests" }],
  ])(
    "an error beside values, as '%s', rejects its row, and the file that it is beside",
    async (name, error) => {
      const values = [{ ...row(appId), [name]: error }, row(otherId)];
      expect(await read(JSON.stringify({ values }))).toMatchObject([
        { line: 1, id: appId, column: name, problem: "The row has an error beside its values." },
        { line: 2, app: { id: otherId } },
      ]);
      for (const file of [
        { [name]: error },
        { [name]: error, values: [row(appId)] },
        { values: [row(appId)], [name]: error },
        { ...row(appId), [name]: error },
      ])
        expect((await refusal(JSON.stringify(file))).message).toContain(failed);
    },
  );

  test.each([null, "", "x", 0, [], {}, { id: "x" }])(
    "a column may have the name of an error: %j is none in a row",
    async (error) => {
      for (const column of errorMembers(error))
        expect(await read(JSON.stringify([{ ...row(appId), ...column }]))).toMatchObject([
          { app: { id: appId } },
        ]);
    },
  );

  test.each([null, ""])("an error that is %j is none beside a list and in a row alone", async (error) => {
    for (const member of errorMembers(error))
      for (const file of [
        { ...row(appId), ...member },
        { ...member, values: [row(appId)] },
      ])
        expect(await read(JSON.stringify(file))).toMatchObject([{ app: { id: appId } }]);
  });

  test.each(["x", 0, [], {}, { id: "x" }])(
    "an error that is %j beside a list, or in a row alone, is that of a request that failed",
    async (error) => {
      for (const member of errorMembers(error))
        for (const file of [
          { ...row(appId), ...member },
          { ...member, values: [row(appId)] },
        ])
          expect((await refusal(JSON.stringify(file))).message).toContain(failed);
    },
  );

  test("one row alone is a report", async () => {
    expect(await read(JSON.stringify(row(appId)))).toEqual(await read(JSON.stringify([row(appId)])));
  });

  test.each([
    ["[[]]", /has arrays as rows, but no 'Schema'/],
    ["[4]", /has neither an object nor an array as row 1/],
    ["[] x", /is not valid JSON at line 1, column 4/],
    [
      `${JSON.stringify(row(appId))}\n${JSON.stringify(row(otherId))}\n`,
      /^The file has a second JSON value at line 2, column 1\. Write one list of all of them\.$/,
    ],
    [`[${JSON.stringify(row(appId))}`, /ends unexpectedly/],
    [`{"ApplicationId":"${appId}"}`, /no column of counters/],
    [
      `{"ApplicationId":"${appId}",${Array.from({ length: 9 }, (_, at) => `"x${at}":"${"x".repeat(60_000)}"`).join(",")}}`,
      /^The app in the file is longer than 65536 characters\./,
    ],
  ])("what is neither is refused: %.40s", async (text, message) => {
    expect((await refusal(text)).message).toMatch(message);
  });
});

describe("a row of JSON whose names are wrong has the id of its id column", () => {
  const good = { ApplicationId: "22222222-2222-2222-2222-222222222222", FailedDeviceCount: 1 };
  const counters = '"FailedDeviceCount":1,"FailedDeviceCount":2';
  test.each<[string, string, string | undefined]>([
    ["a counter twice", `"ApplicationId":"${appId}",${counters}`, appId],
    [
      "beside another GUID",
      `"PolicyId":"${otherId}","applicationid":" ${appId.toUpperCase()}",${counters}`,
      appId,
    ],
    ["as Graph calls it", `"Id":"${appId}","PolicyId":"${otherId}",${counters}`, appId],
    ["beside Graph's name of it", `"id":"${otherId}","ApplicationId":"${appId}",${counters}`, appId],
    ["twice", `"ApplicationId":"${appId}","ApplicationId":"${appId}","PolicyId":"${otherId}"`, appId],
    ["twice, and different", `"ApplicationId":"${appId}","ApplicationId":"${otherId}"`, undefined],
    ["blank", `"ApplicationId":" ","PolicyId":"${otherId}",${counters}`, undefined],
    ["null", `"ApplicationId":null,"PolicyId":"${otherId}",${counters}`, undefined],
    ["no GUID", `"ApplicationId":"x","PolicyId":"${otherId}",${counters}`, undefined],
    ["which it lacks: its only GUID", `"App":"${appId}","FailedDeviceCount":1`, appId],
    [
      "which it lacks: none of two",
      `"App":"${appId}","PolicyId":"${otherId}","FailedDeviceCount":1`,
      undefined,
    ],
  ])("%s", async (_what, members, id) => {
    const [, rejected] = await read(`[${JSON.stringify(good)},{${members}}]`);
    expect(rejected).toMatchObject({ line: 2, problem: expect.any(String) });
    expect(rejected && "id" in rejected ? rejected.id : undefined).toBe(id);
  });
});

describe("JSON that PowerShell has cut at its default depth is refused with the way out", () => {
  const counters = { FailedDeviceCount: 4 };
  const app = { id: appId, displayName: "Contoso VPN" };
  test.each([
    ["'installSummary'", { value: [{ ...app, installSummary: `@{id=${appId}; failedDeviceCount=4}` }] }],
    ["'installSummary'", [{ ...app, installSummary: "System.Collections.Hashtable" }]],
    ["'summary'", { ...app, summary: "@{failedDeviceCount=4}" }],
    ["row 2", { values: [{ ApplicationId: appId, ...counters }, `@{ApplicationId=${otherId}}`] }],
    [
      "row 1",
      { Schema: [{ Column: "ApplicationId" }, { Column: "FailedDeviceCount" }], Values: [`${appId} 4`] },
    ],
    ["a column of 'Schema'", { Schema: ["@{Column=ApplicationId; PropertyType=String}"], Values: [[appId]] }],
    ["a column of 'Schema'", { Schema: "System.Object[]", Values: [[appId]] }],
  ])("a text in the place of %s", async (place, value) => {
    expect((await refusal(JSON.stringify(value))).message).toBe(
      `The JSON has a text in the place of ${place}. If PowerShell wrote it, use ConvertTo-Json -Depth 10.`,
    );
  });
});

describe("a report in a JSON text is refused as what it is, and not as a file that lost its line breaks", () => {
  const list = [{ ApplicationId: appId, FailedDeviceCount: 4 }];
  const table = { Schema: [{ Column: "ApplicationId" }], Values: [[appId]] };
  const csv = `${intuneHeader}\r\n${intuneRow}\r\n`;
  test.each([
    ["a list", JSON.stringify(JSON.stringify(list))],
    ["a response", JSON.stringify(JSON.stringify(table))],
    ["an indented one, behind blanks", `\n ${JSON.stringify(JSON.stringify(table, undefined, 2))}\r\n`],
    ["one that writes quotes by their numbers", `"${JSON.stringify(table).replaceAll('"', "\\u0022")}"`],
    ["one without a row", JSON.stringify(JSON.stringify({ values: [] }))],
    ["CSV", JSON.stringify(csv)],
    ["CSV with quotes", JSON.stringify(csv.replaceAll(",", '","'))],
  ])("%s", async (_what, file) => {
    expect((await refusal(file)).message).toBe(
      'The JSON is a text. A report looks like {"values":[{"ApplicationId":"…"}]}, or like {"Schema":[{"Column":"ApplicationId"}],"Values":[["…"]]}.',
    );
  });
});

describe("JSON that is no report is told as JSON", () => {
  const report = JSON.stringify({ values: [{ ApplicationId: appId, FailedDeviceCount: 4 }] });
  const looks =
    'A report looks like {"values":[{"ApplicationId":"…"}]}, or like {"Schema":[{"Column":"ApplicationId"}],"Values":[["…"]]}.';

  test.each([
    ["null", "is only null"],
    [" true\n", "is only true"],
    ["\uFEFFfalse", "is only false"],
    ["-40.5e+3\r\n", "is only -40.5e+3"],
    ["0", "is only 0"],
    ['"done"', "is a text"],
    ['\n "" ', "is a text"],
  ])("a single value: %j", async (file, why) => {
    expect((await refusal(file)).message).toBe(`The JSON ${why}. ${looks}`);
  });

  test.each([
    ['"ApplicationId"', "no column of counters"],
    ['\uFEFF"applicationid"\r\n', "no column of counters"],
    ['"Id"', "no column of counters"],
    ['"FailedDeviceCount"\n', "The column ApplicationId is missing"],
  ])("but a CSV without a row, of one column in quotes, as a CSV: %j", async (file, why) => {
    expect((await refusal(file)).message).toContain(why);
  });

  test.each([
    `// Intune\n${report}`,
    `// Intune\r\n\r\n  // [2026]\r\n${report}`,
    `/* Intune\n * {} */${report}`,
    `/**/ /***/\n//\n[${report}]`,
  ])("a comment first: %j", async (file) => {
    expect((await refusal(file)).message).toBe("The JSON begins with a comment. Take it out.");
  });

  test.each(["//", "/**/", "/* ", "// a\n"])("and many of %j cost no time", async (comment) => {
    expect(await refusal(comment.repeat(20_000))).toMatchObject({ status: 400 });
  });
});

describe("lines above the header (A4)", () => {
  const quoted = `"${intuneHeader.replaceAll(",", '","')}"\r\n"${intuneRow.replaceAll(",", '","')}"\r\n`;

  test.each([
    ["#TYPE System.Management.Automation.PSCustomObject\r\n", 3],
    ['"#TYPE System.Management.Automation.PSCustomObject"\r\n', 3],
    ["#TYPE System.Collections.Generic.Dictionary`2[[System.String, mscorlib]]\r\n", 3],
    ["sep=,\r\n", 3],
    ['"sep=,"\r\n', 3],
    ["sep=,\r\n#TYPE x\r\n\r\n", 5],
  ])("%j is skipped, and the numbers of lines stay those of the file", async (above, line) => {
    expect(await read(above + quoted)).toEqual([{ line, app: windowsApp, patch: examplePatch }]);
  });

  test.each([";", "\t"])("sep=%s and semicolons or tabs are read, as Excel does", async (separator) => {
    const table = quoted.replaceAll('","', `"${separator}"`);
    for (const above of [
      "",
      `sep=${separator}\r\n`,
      `"sep=${separator}"\r\n`,
      `#TYPE x\r\nsep=${separator}\r\n\r\n`,
    ]) {
      expect(await read(above + table)).toMatchObject([{ app: windowsApp, patch: examplePatch }]);
    }
  });

  test.each([
    ["ApplicationId|DisplayName|FailedDeviceCount\n", "vertical bars"],
    ["sep=|\r\nApplicationId|FailedDeviceCount\r\n", "vertical bars"],
    ["| ApplicationId | DisplayName |\n|---|---|\n", "vertical bars"],
    ["\nApplicationId   DisplayName\n-------------   -----------\n", "blanks"],
  ])("a table without separators of a report is named: %j", async (text, name) => {
    expect((await refusal(text)).message).toBe(
      `The columns are separated by ${name}; a report has commas. Take the file as it was exported, or save it with commas.`,
    );
  });

  test("nothing else is skipped", async () => {
    expect((await refusal(`#TYPED\n${intuneHeader}\n${intuneRow}`)).message).toMatch(
      /ApplicationId is missing/,
    );
    expect((await refusal("#TYPE x\n")).message).toBe("The file is blank.");
  });
});

describe("the right report with a fault in its header is not taken for another one (A5)", () => {
  const missing = "The column ApplicationId is missing. The file has these columns: ";
  const withoutIds = intuneHeader.replace("ApplicationId,", "");

  test.each([
    intuneHeader.replace("ApplicationId", "Application ID"),
    withoutIds,
    `DeviceName,UserName,${withoutIds}`,
    "@odata.type,displayName,failedDeviceCount",
    "FailedDevicePercentage,DisplayName",
    "App,Failed Device Count,Installed_User_Count",
    "'ApplicationId','DisplayName','InstalledDeviceCount'",
    "App,installSummary.failedDeviceCount",
  ])("%.60s", async (header) => {
    const { message } = await refusal(`${header}\nx\n`);
    expect(message.startsWith(`${missing}${header.split(",").slice(0, 2).join(", ")}`)).toBe(true);
  });

  test("counters under other names are told, not called another table", async () => {
    for (const header of [
      "ApplicationId,Failed Device Count",
      "id,displayName,installSummary.failedDeviceCount",
      "ApplicationId,FailedDevicePercentage",
    ]) {
      expect((await refusal(`${header}\nx\n`)).message).toBe(
        `The file has no column of counters such as InstalledDeviceCount; the report that is needed is AppInstallStatusAggregate. The file has these columns: ${header.replaceAll(",", ", ")}`,
      );
    }
  });

  test.each(["", ";;", "\r\n"])(
    "lines that are one quoted cell each are told so, followed by %j",
    async (end) => {
      const quote = (line: string): string => `"${line.replaceAll('"', '""')}"${end}\r\n`;
      for (const header of [
        intuneHeader,
        `"${intuneHeader.replaceAll(",", '","')}"`,
        intuneHeader.replaceAll(",", ";"),
      ]) {
        expect((await refusal(quote(header) + quote(intuneRow))).message).toBe(
          "The columns are together in one quoted cell of each line; a report has commas. Take the file as it was exported, or save it with commas.",
        );
      }
    },
  );

  test("a quoted title, and one column alone, are no lines of one cell", async () => {
    expect((await refusal('"Apps, November"\nx\n')).message).toBe(`${missing}Apps, November`);
    expect((await refusal('"ApplicationId"\nx\n')).message).toContain("no column of counters");
  });

  test.each([",", ";"])("quotes behind a blank are told, also with %j", async (separator) => {
    for (const header of [
      ['"ApplicationId"', ' "DisplayName"', ' "InstalledDeviceCount"'],
      ['"DisplayName"', ' "ApplicationId"', ' "InstalledDeviceCount"'],
      ["ApplicationId", "FailedDeviceCount", ' "DisplayName"'],
    ]) {
      expect((await refusal(`${header.join(separator)}\nx\n`)).message).toBe(
        "The columns are separated by blanks too, so that quotes are part of their names; a report has commas. Take the file as it was exported, or save it with commas.",
      );
    }
  });

  test("a blank behind a separator alone is no fault", async () => {
    const rows = await read(`ApplicationId, DisplayName, FailedDeviceCount\n${appId}, a, 4\n`);
    expect(rows).toMatchObject([{ app: { id: appId }, patch: { failedDeviceCount: 4 } }]);
  });

  // In Latin-1 or Windows-1252, and in the consoles of Windows in America and in Western Europe.
  test.each(["ï»¿", "∩╗┐", "´╗┐", "\uFEFFï»¿"])(
    "the byte-order mark as the letters %s is told",
    async (mark) => {
      for (const text of [`${intuneHeader}\n${intuneRow}`, `{"values":[]}`]) {
        const told =
          "The file begins with a garbled byte-order mark, so its names may be garbled too. Take the file as it was exported.";
        expect((await refusal(mark + text)).message).toBe(told);
        expect((await refusal(makeZip({ name: "a.csv", data: mark + text }))).message).toBe(told);
      }
    },
  );
});

describe("a file without a counter is refused and named (A5)", () => {
  const wanted = "and the report that is needed is AppInstallStatusAggregate.";
  const devices = "the report of the devices of one app (DeviceInstallStatusByApp)";
  const users = "the report of the users of one app (UserInstallStatusAggregateByApp)";

  test.each([
    ["DeviceName,UserPrincipalName,AppVersion,DeviceId,InstallState,InstallState_loc,ApplicationId", devices],
    ["UserName,UserPrincipalName,FailedCount,InstalledCount,NotApplicableCount,ApplicationId", users],
    ["ApplicationId,App name,Sum of Failed devices", "a table exported by a dashboard"],
  ])("%s", async (header, table) => {
    expect((await refusal(`${header}\nx\n`)).message).toBe(
      `The file has no column of counters such as InstalledDeviceCount: this looks like ${table}, ${wanted}`,
    );
  });

  test.each([
    ["Device name,User name,Install state", devices],
    ["User name,UPN,Failures", users],
    ["Name,Publisher,Device install failures", "a table exported by a dashboard"],
    ["Sum of FailedDeviceCount,App", "a table exported by a dashboard"],
  ])("also without an ApplicationId: %s", async (header, table) => {
    expect((await refusal(`${header}\nx\n`)).message).toBe(
      `The column ApplicationId is missing: this looks like ${table}, ${wanted}`,
    );
  });

  test("in JSON, with a schema and without", async () => {
    const value = { DeviceName: "PC-1", ApplicationId: appId, InstallState: 1 };
    expect((await refusal(JSON.stringify({ values: [value] }))).message).toContain(devices);
    expect((await refusal(JSON.stringify([value]))).message).toContain(devices);
    const Schema = Object.keys(value).map((Column) => ({ Column }));
    expect((await refusal(JSON.stringify({ Schema, Values: [] }))).message).toContain(devices);
  });

  test("the job of an export is not its report", async () => {
    const job = {
      id: "AppInstallStatusAggregate_1",
      reportName: "AppInstallStatusAggregate",
      status: "completed",
    };
    for (const json of [job, [job], { value: [job] }]) {
      expect((await refusal(JSON.stringify(json))).message).toBe(
        "The file has no column of counters such as InstalledDeviceCount: this looks like an export job (its url has the report), and the report that is needed is AppInstallStatusAggregate.",
      );
    }
  });

  test.each(["%PDF-1.7\n%âãÏÓ\n", "SQLite format 3\0\u0010\0"])(
    "what is no table is not to be saved as UTF-8: %j",
    async (start) => {
      const bytes = Uint8Array.from(`${start}${"\u00ff".repeat(100)}`, (letter) => letter.charCodeAt(0));
      expect((await refusal(bytes)).message).toBe(
        "The file is a PDF or a database; the report that is needed is AppInstallStatusAggregate.",
      );
    },
  );

  test("one that is not recognized says what is wanted and what it has", async () => {
    expect((await refusal(`ApplicationId,DisplayName\n${appId},a`)).message).toBe(
      "The file has no column of counters such as InstalledDeviceCount; the report that is needed is AppInstallStatusAggregate. The file has these columns: ApplicationId, DisplayName",
    );
    expect((await refusal("<!doctype html><title>Sign in")).message).toContain("AppInstallStatusAggregate");
  });
});

describe("Graph's own JSON (B3)", () => {
  const installSummary = { id: appId, ...examplePatch };
  const app = {
    "@odata.type": "#microsoft.graph.win32CatalogApp",
    id: appId.toUpperCase(),
    ...portal,
    description: null,
    "installSummary@odata.context": "https://graph.microsoft.com/beta/$metadata#x",
    installSummary: {
      "@odata.etag": 'W/"7"',
      "@odata.type": "#microsoft.graph.mobileAppInstallSummary",
      ...installSummary,
    },
  };
  const row = {
    line: 1,
    app: { id: appId, ...portal, "@odata.type": "#microsoft.graph.win32CatalogApp" },
    etag: 'W/"7"',
    patch: examplePatch,
  };

  test("a list of apps with their summaries is read with the exact types", async () => {
    expect(await read(JSON.stringify({ "@odata.context": "x", "@odata.count": 1, value: [app] }))).toEqual([
      row,
    ]);
    expect(await read(JSON.stringify([app]))).toEqual([row]);
    expect(await read(JSON.stringify({ "@odata.context": "x", ...app }))).toEqual([row]);
  });

  test("what `list` and `get` of install-summary print is read", async () => {
    const listed = {
      "@odata.type": app["@odata.type"],
      id: appId,
      ...portal,
      platform: "Windows",
      version: 7,
      etag: 'W/"7"',
    };
    expect(await read(JSON.stringify([{ ...listed, ...examplePatch }], null, 2))).toEqual([row]);
    expect(await read(JSON.stringify({ ...listed, summary: installSummary }, null, 2))).toEqual([row]);
  });

  test.each([",", ";", "\t"])("and as CSV, as PowerShell exports it, separated by %j", async (separator) => {
    const listed = {
      "@odata.type": app["@odata.type"],
      id: appId.toUpperCase(),
      ...portal,
      platform: "Windows",
      version: 7,
      etag: 'W/"7"',
      ...examplePatch,
    };
    const line = (cells: readonly unknown[]): string =>
      `${cells.map((cell) => `"${String(cell).replaceAll('"', '""')}"`).join(separator)}\r\n`;
    const csv = line(Object.keys(listed)) + line(Object.values(listed));
    expect(await read(csv)).toEqual([{ ...row, line: 2 }]);
    expect(await read(`sep=${separator}\r\n${csv}`)).toEqual([{ ...row, line: 3 }]);
  });

  test("an id is the app's in CSV and in columns of a schema; beside ApplicationId it means nothing", async () => {
    const [found] = await read(`id,displayName,failedDeviceCount\n${appId},x,3\n`);
    expect(found).toEqual({ line: 2, app: { id: appId, displayName: "x" }, patch: { failedDeviceCount: 3 } });
    const Schema = ["Id", "FailedDeviceCount"].map((Column) => ({ Column }));
    expect(await read(JSON.stringify({ Schema, Values: [[appId, "3"]] }))).toMatchObject([
      { app: { id: appId }, patch: { failedDeviceCount: 3 } },
    ]);
    expect(await read(`Id,ApplicationId,FailedDeviceCount\n1,${appId},3\n`)).toMatchObject([
      { app: { id: appId } },
    ]);
    expect(await read("id,failedDeviceCount\n1,3\n")).toEqual([
      { line: 2, column: "id", problem: "The ApplicationId '1' is not a GUID." },
    ]);
    expect((await refusal(`id,failedDeviceCount${appId},3`)).message).toMatch(
      /^The line breaks of the file are gone/,
    );
  });

  test("what the modules of PowerShell have no type for is read where they put it", async () => {
    const { installSummary: _, ...rest } = app;
    const summary = { "@odata.etag": 'W/"7"', ...installSummary };
    const additional = { "@odata.type": app["@odata.type"], installSummary: summary };
    const object = {
      Id: appId,
      DisplayName: portal.displayName,
      Publisher: portal.publisher,
      Categories: null,
    };
    expect(await read(JSON.stringify([{ ...object, AdditionalProperties: additional }]))).toEqual([row]);
    expect(await read(JSON.stringify({ ...object, AdditionalProperties: additional }))).toEqual([row]);
    expect(
      await read(JSON.stringify([{ ...rest, AdditionalProperties: { installSummary: summary } }])),
    ).toEqual([row]);
    const other = { installSummary: { ...summary, id: otherId } };
    expect(await read(JSON.stringify([{ ...object, AdditionalProperties: other }]))).toEqual([
      { line: 1, id: appId, column: "id", problem: "The summary has the id of another app." },
    ]);
    const bare = { "@odata.type": app["@odata.type"] };
    expect((await refusal(JSON.stringify([{ ...object, AdditionalProperties: bare }]))).message).toContain(
      "this looks like Graph's list of apps without $expand=installSummary",
    );
  });

  test("a summary beside the report's own names is read, and must be of the same app", async () => {
    const named = { ApplicationId: appId, DisplayName: portal.displayName, ODataType: app["@odata.type"] };
    const { publisher: _, ...found } = row.app;
    expect(await read(JSON.stringify([{ ...named, installSummary }]))).toEqual([
      { line: 1, app: found, patch: examplePatch },
    ]);
    const wrong = { ...installSummary, id: otherId };
    expect(await read(JSON.stringify([{ ...named, installSummary: wrong }]))).toMatchObject([
      { problem: "The summary has the id of another app." },
    ]);
  });

  test.each([
    `id,displayName,installSummary\n${appId},x,@{failedDeviceCount=4}\n`,
    `"Id","DisplayName","AdditionalProperties"\n"${appId}","x","System.Collections.Generic.Dictionary"\n`,
    JSON.stringify([{ Id: appId, DisplayName: "x", AdditionalProperties: "System.Collections.Hashtable" }]),
    JSON.stringify([{ ApplicationId: appId, DisplayName: "x", installSummary: [] }]),
  ])("a summary that was cut off is not called one that was not asked for: %.50s", async (text) => {
    expect((await refusal(text)).message).toBe(
      "The file has no column of counters such as InstalledDeviceCount: this looks like Graph's list of apps with installSummary cut off (if PowerShell wrote it, use ConvertTo-Json -Depth 10), and the report that is needed is AppInstallStatusAggregate.",
    );
  });

  test("the response to a GET of one summary is read in both documented forms, without a type of the app", async () => {
    const found = [{ line: 1, app: { id: appId }, patch: examplePatch }];
    for (const metadata of ["minimal", "full", "none"] as const) {
      const options = { base: "https://graph.microsoft.com/beta", metadata, etag: 'W/"7"' };
      const body = formatSummary({ id: appId, ...examplePatch }, options);
      expect(await read(body)).toEqual(found);
      expect(await read(`{"value":${body}}`)).toEqual(found);
      expect(await read(`{"@odata.context":"x","value":${body}}`)).toEqual(found);
    }
    const wrapped = `{"value":${JSON.stringify(app)}}`;
    expect(await read(wrapped)).toEqual([row]);
  });

  test.each(['{"value":7}', '{"value":{}}', '{"value":{"value":{"id":"x"}}}'])(
    "%s is refused",
    async (text) => {
      expect((await refusal(text)).message).toMatch(/^The JSON has no list 'values'/);
    },
  );

  test("a name in JSON is exact: no guard against formulas is taken off", async () => {
    const named = { ...app, displayName: "'=1+1" };
    expect(await read(JSON.stringify({ value: [named] }))).toMatchObject([{ app: { displayName: "'=1+1" } }]);
  });

  test("a page that is not the last is refused alone", async () => {
    const page = { value: [app], "@odata.nextLink": "https://graph.microsoft.com/beta/x?$skiptoken=1" };
    expect((await refusal(JSON.stringify(page))).message).toMatch(
      /^The list goes on at its @odata\.nextLink: it is not complete\./,
    );
    expect((await refusal(JSON.stringify({ "@odata.count": 2, value: [app] }))).message).toMatch(
      /has 1 of 2 rows/,
    );
  });

  test("a list without summaries is refused and told what to ask for", async () => {
    const bare = JSON.stringify({ value: [{ ...app, installSummary: undefined }] });
    expect((await refusal(bare)).message).toContain(
      "this looks like Graph's list of apps without $expand=installSummary",
    );
  });

  test("a summary with the id of another app, or without a number, rejects its row alone", async () => {
    const wrong = { ...app, installSummary: { ...installSummary, id: otherId } };
    const cut = {
      ...app,
      id: otherId,
      installSummary: { ...installSummary, id: otherId, failedDeviceCount: null },
    };
    expect(await read(JSON.stringify({ value: [wrong, cut, app] }))).toMatchObject([
      { problem: "The summary has the id of another app." },
      { id: otherId, column: "failedDeviceCount" },
      { app: { id: appId } },
    ]);
  });

  test("an app without a summary is rejected, and not called unchanged", async () => {
    const bare = { ...app, installSummary: null };
    expect(await read(JSON.stringify({ value: [app, bare] }))).toEqual([
      row,
      { line: 2, id: appId, problem: "The row has no counters." },
    ]);
  });

  test("both kinds of list in one file are refused", async () => {
    expect((await refusal(JSON.stringify({ value: [app], values: [] }))).message).toMatch(
      /contains 'values' twice/,
    );
  });
});

describe("what was read before is read", () => {
  test("a name with an inch sign, which Intune does not quote", async () => {
    const name = 'Contoso 24" Display Driver';
    const row = intuneRow.replace("Contoso Portal", name);
    expect(await read(`${intuneHeader}\n${row}\n`)).toMatchObject([{ app: { displayName: name } }]);
    expect(await read(`${intuneHeader}\n${row}\n${row.replace(appId, otherId)}\n`)).toHaveLength(2);
  });

  test("rows whose texts were not localized, one of them without an id", async () => {
    const row = {
      ApplicationId: appId,
      DisplayName: "Contoso VPN",
      Platform: "Windows",
      FailedDeviceCount: 4,
    };
    expect(await read(JSON.stringify({ values: [row, { ...row, ApplicationId: null }] }))).toEqual([
      {
        line: 1,
        app: { id: appId, displayName: "Contoso VPN", "@odata.type": "#microsoft.graph.win32LobApp" },
        patch: { failedDeviceCount: 4 },
      },
      { line: 2, column: "ApplicationId", problem: "The ApplicationId is empty." },
    ]);
  });
});

test("a counter in CSV has the value that the same text has in JSON, or is refused in both", async () => {
  const cell = fc.array(fc.constantFrom("1", "0", "000", ".", " ", "-", "e"), { minLength: 1, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(
      cell.map((parts) => parts.join("")),
      async (text) => {
        const csv = await read(`ApplicationId,FailedDeviceCount\n${appId},${text}\n`);
        const json = await read(JSON.stringify([{ ApplicationId: appId, FailedDeviceCount: text }]));
        expect(csv.map((row) => ({ ...row, line: 1 }))).toEqual(json);
      },
    ),
  );
});

function utf16(text: string, order: "le" | "be"): Uint8Array {
  const units = `\uFEFF${text}`.split("").map((unit) => unit.charCodeAt(0));
  const bytes = units.map((unit) => (order === "le" ? [unit & 0xff, unit >> 8] : [unit >> 8, unit & 0xff]));
  return Uint8Array.from(bytes.flat());
}
