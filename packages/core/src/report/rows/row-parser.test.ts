import { describe, expect, test } from "vitest";
import { intuneHeader, intuneRow } from "../../../test/intune-report.ts";
import { read } from "../../../test/read-rows.ts";
import { appId, examplePatch } from "../../../test/samples.ts";
import { counterNames } from "../../resource/counters.ts";

const otherId = "11111111-1111-1111-1111-111111111111";

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

  test("may have its columns in any order and case, and unknown ones", async () => {
    expect(await read(`Extra, FAILEDUSERCOUNT ,applicationid\nx,3,${appId.toUpperCase()}`)).toEqual([
      { line: 2, app: { id: appId }, patch: { failedUserCount: 3 } },
    ]);
  });

  test("has no counter whose column is absent", async () => {
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
    ["a byte-order mark", `\uFEFFFailedDeviceCount,ApplicationId,DisplayName\n0,${appId},a`, 2, "a"],
    ["CRLF", `FailedDeviceCount,ApplicationId,DisplayName\r\n0,${appId},a\r\n`, 2, "a"],
    ["no line break at the end", `FailedDeviceCount,ApplicationId,DisplayName\n0,${appId},a`, 2, "a"],
    ["rows of blank cells", `FailedDeviceCount,ApplicationId,DisplayName\n,,\n0,${appId},a\n, ,\n`, 3, "a"],
    ["blank lines", `\nFailedDeviceCount,ApplicationId,DisplayName\n \n\r\n0,${appId},a\n\n \n`, 5, "a"],
    ["two byte-order marks", `\uFEFF\uFEFFFailedDeviceCount,ApplicationId,DisplayName\n0,${appId},a`, 2, "a"],
    [
      "a byte-order mark before a row",
      `FailedDeviceCount,ApplicationId,DisplayName\n\uFEFF0,${appId},a`,
      2,
      "a",
    ],
    [
      "quotes",
      `"FailedDeviceCount","ApplicationId","DisplayName"\n"0","${appId}","a ""b"", c"\n`,
      2,
      'a "b", c',
    ],
    [
      "a line break in quotes",
      `FailedDeviceCount,ApplicationId,DisplayName\n0,${appId},"a\r\nb"\n`,
      2,
      "a\r\nb",
    ],
    [
      "a quote inside a cell without quotes",
      `FailedDeviceCount,ApplicationId,DisplayName\n0,${appId},19" rack\n`,
      2,
      '19" rack',
    ],
    ["a formula", `FailedDeviceCount,ApplicationId,DisplayName\n0,${appId},=cmd()\n`, 2, "=cmd()"],
    [
      "a formula that an export guarded",
      `FailedDeviceCount,ApplicationId,DisplayName\n0,${appId},'=cmd()\n`,
      2,
      "=cmd()",
    ],
    [
      "an apostrophe",
      `FailedDeviceCount,ApplicationId,DisplayName\n0,${appId},'s-Hertogenbosch\n`,
      2,
      "'s-Hertogenbosch",
    ],
    [
      "an escape sequence",
      `FailedDeviceCount,ApplicationId,DisplayName\n0,${appId},\u001b[31mred\n`,
      2,
      "\u001b[31mred",
    ],
    [
      "emoji and text from right to left",
      `FailedDeviceCount,ApplicationId,DisplayName\n0,${appId},👩‍💻 \u202eשלום\n`,
      2,
      "👩‍💻 \u202eשלום",
    ],
  ])("may have %s (B128, B129)", async (_what, text, line, displayName) => {
    expect(await read(text)).toEqual([
      { line, app: { id: appId, displayName }, patch: { failedDeviceCount: 0 } },
    ]);
  });

  test("gives the line on which each row begins", async () => {
    const rows = await read(
      `FailedDeviceCount,ApplicationId,DisplayName\r\n0,${appId},"a\r\n\r\nb"\r\n0,${appId},c\r\n\r\n0,${appId},d`,
    );
    expect(rows.map((row) => row.line)).toEqual([2, 5, 7]);
  });

  test("that has only a header has no rows (B131)", async () => {
    expect(await read(intuneHeader)).toEqual([]);
    expect(await read(`${intuneHeader}\r\n`)).toEqual([]);
  });

  test("leaves out properties whose cells are blank", async () => {
    expect(
      await read(`FailedDeviceCount,ApplicationId,DisplayName,Publisher,Platform\n0,${appId},, ,`),
    ).toEqual([{ line: 2, app: { id: appId }, patch: { failedDeviceCount: 0 } }]);
  });

  test.each([
    ["Platform,Platform_loc", "5,Windows", "win32LobApp"],
    ["Platform,Platform_loc", ",iOS", "iosStoreApp"],
    ["Platform", "1", "androidStoreApp"],
    ["Platform", "2", "iosStoreApp"],
    ["Platform", "3", "macOSLobApp"],
    ["Platform", "5", "win32LobApp"],
    ["Platform", "4", "webApp"],
    ["Platform,Platform_loc", "8,Windows 10", "win32LobApp"],
    ["Platform", "Windows", "win32LobApp"],
    ["Platform_loc", "Android Enterprise", "androidStoreApp"],
    ["AppPlatform", "iOS/iPadOS", "iosStoreApp"],
    ["AppPlatform", "macOS", "macOSLobApp"],
    ["AppPlatform", "MacOS", "macOSLobApp"],
    ["AppPlatform", "Windows 10", "win32LobApp"],
    ["AppPlatform", "Web", "webApp"],
  ])("guesses the type from %s %s", async (column, platform, type) => {
    const [row] = await read(`FailedDeviceCount,ApplicationId,${column}\n0,${appId},${platform}`);
    expect(row).toMatchObject({ app: { "@odata.type": `#microsoft.graph.${type}` } });
  });
});

describe("a row that cannot be read", () => {
  const rule = "must be a whole number from 0 to 2147483647";

  test.each([
    ["", `FailedDeviceCount ${rule}; the cell is empty.`],
    [" ", `FailedDeviceCount ${rule}; the cell is empty.`],
    ['"1,234"', `FailedDeviceCount ${rule}; got '1,234', which has a separator. Write the digits alone.`],
    ["1.5", `FailedDeviceCount ${rule}; got '1.5'.`],
    ["-1", `FailedDeviceCount ${rule}; got '-1'.`],
    ["2147483648", `FailedDeviceCount ${rule}; got '2147483648'.`],
    ["n/a", `FailedDeviceCount ${rule}; got 'n/a'.`],
    ["\u001b[2J", `FailedDeviceCount ${rule}; got '␛[2J'.`],
    ["9".repeat(100), `FailedDeviceCount ${rule}; got '${"9".repeat(63)}…'.`],
  ])("because of a counter names line, column and value (B126): %s", async (cell, problem) => {
    expect(await read(`ApplicationId,FailedDeviceCount\n${appId},${cell}`)).toEqual([
      { line: 2, id: appId, column: "FailedDeviceCount", problem },
    ]);
  });

  test.each([
    ["nope", "nope"],
    [`{${appId}}`, `{${appId}}`],
    ["\u202eabc", "⟨U+202E⟩abc"],
  ])("because of its id names the id (B124): %s", async (id, shown) => {
    expect(await read(`FailedDeviceCount, ApplicationId ,DisplayName\n0,${id},a`)).toEqual([
      { line: 2, column: "ApplicationId", problem: `The ApplicationId '${shown}' is not a GUID.` },
    ]);
  });

  test("because its id is empty says so (B124)", async () => {
    expect(await read("FailedDeviceCount,ApplicationId,DisplayName\n0, ,a")).toEqual([
      { line: 2, column: "ApplicationId", problem: "The ApplicationId is empty." },
    ]);
  });

  test.each([
    [`${appId},a`, "The row has 2 cells, the header has 3."],
    [`${appId},a,1,2`, "The row has 4 cells, the header has 3."],
    [appId, "The row has 1 cell, the header has 3."],
  ])("because of its number of cells names both numbers (B127): %s", async (row, problem) => {
    expect(await read(`ApplicationId,DisplayName,FailedDeviceCount\n${row}`)).toEqual([
      { line: 2, id: appId, problem },
    ]);
  });

  test.each([
    [
      "the first cell, where that is the column of the ids",
      "ApplicationId,a,b",
      `${appId},${otherId}`,
      appId,
    ],
    [
      "none where the first cell, the column of the ids, is blank",
      "ApplicationId,a,b",
      ` ,${otherId}`,
      undefined,
    ],
    ["none where that is blank and a cell too many", "ApplicationId,a,b", `,${otherId},b,c,d`, undefined],
    ["none where that is no id", "ApplicationId,a,b", `x,${otherId}`, undefined],
    ["the only GUID", "a,b,ApplicationId", `a,b,c,d, ${appId.toUpperCase()} `, appId],
    ["the only GUID, twice", "a,ApplicationId,b", `${appId},${appId}`, appId],
    ["unknown among two", "a,b,ApplicationId", `a,b,${otherId},${appId},c`, undefined],
    ["unknown without one", "a,b,ApplicationId", "a,b", undefined],
  ])("because of its number of cells has an id if that is certain: %s", async (_what, header, row, id) => {
    const [rejected] = await read(`${header},FailedDeviceCount\n${row}`);
    expect(rejected).toHaveProperty("problem");
    expect(rejected && "id" in rejected ? rejected.id : undefined).toBe(id);
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

  test("does not depend on other rows: an id that appears twice is read twice", async () => {
    expect(await read(`ApplicationId,FailedDeviceCount\n${appId},1\n${appId.toUpperCase()},1`)).toMatchObject(
      [
        { line: 2, app: { id: appId } },
        { line: 3, app: { id: appId } },
      ],
    );
  });
});

describe("the version that a row was read at", () => {
  test("is the cell of the column ETag, and absent where that is blank", async () => {
    const text = `ApplicationId,FailedDeviceCount,ETag\n${appId},0,"W/""7"""\n${otherId},0, \n`;
    const rows = await read(text);
    expect(rows).toEqual([
      { line: 2, app: { id: appId }, etag: 'W/"7"', patch: { failedDeviceCount: 0 } },
      { line: 3, app: { id: otherId }, patch: { failedDeviceCount: 0 } },
    ]);
  });

  test("is etag in what our commands print as JSON, and null there is absent", async () => {
    const rows = [
      { id: appId, etag: 'W/"7"', failedDeviceCount: 0 },
      { id: otherId, etag: null, failedDeviceCount: 0 },
    ];
    expect((await read(JSON.stringify(rows))).map((row) => "etag" in row && row.etag)).toEqual([
      'W/"7"',
      false,
    ]);
  });
});
