import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { appId, examplePatch, sampleApp, sampleSummary } from "../../test/samples.ts";
import { counterMaximum, counterNames, type CounterName } from "../resource/counters.ts";
import { readReport } from "./read-report.ts";
import type { ReportApp } from "./rows/report-row.ts";
import { writeReport, type ReportEntry } from "./write-report.ts";

test("a report has the column names of Intune, and one for the exact type", async () => {
  const { installSummary, ...app } = { ...sampleApp(), installSummary: sampleSummary() };
  expect(await text(writeReport([{ app, patch: installSummary }]))).toBe(
    `\uFEFFApplicationId,DisplayName,Publisher,Platform,ODataType,InstalledDeviceCount,FailedDeviceCount,NotApplicableDeviceCount,NotInstalledDeviceCount,PendingInstallDeviceCount,InstalledUserCount,FailedUserCount,NotApplicableUserCount,NotInstalledUserCount,PendingInstallUserCount\r\n` +
      `${appId},Contoso Portal,Contoso,5,#microsoft.graph.win32LobApp,4,1,8,7,9,2,15,6,5,7\r\n`,
  );
});

test("a report without entries has a header", async () => {
  const csv = await text(writeReport([], { counters: ["failedDeviceCount"] }));
  expect(csv).toBe("\uFEFFApplicationId,DisplayName,Publisher,Platform,ODataType,FailedDeviceCount\r\n");
});

test.each([
  ["=HYPERLINK(1)", `'=HYPERLINK(1)`],
  ["+1", `'+1`],
  ["-1", `'-1`],
  ["@SUM(1)", `'@SUM(1)`],
  ["\t=1", `'\t'=1`],
  ["\r=1", `"'\r'=1"`],
  ["\n=1", `"'\n'=1"`],
  ["\n\n@1", `"'\n\n'@1"`],
  ["a;=1", "a;'=1"],
  ["a;;-1;'+1", "a;;'-1;''+1"],
  ['a;"=1;"', `"a;'""=1;"""`],
  ["a\n=1", `"a\n'=1"`],
  ["a\r@1", `"a\r'@1"`],
  ["a; b=1", "a; b=1"],
  [" =1", `' =1`],
  ["\u00a0\u3000@1", `'\u00a0\u3000@1`],
  ['" =1', `"'"" =1"`],
  ["a; =1", "a;' =1"],
  ["a\t=1", "a\t'=1"],
  ["＝1", "'＝1"],
  ["＋1", "'＋1"],
  ["－1", "'－1"],
  [" ＠1;＝1", "' ＠1;'＝1"],
  ["' =1", "'' =1"],
  [" a=1", " a=1"],
  ['=1,"2"', `"'=1,""2"""`],
  // A ' that is the text's own must not be taken off when it is read.
  ["'=1", `''=1`],
  ["''=1", `'''=1`],
  ["'s-Hertogenbosch", "'s-Hertogenbosch"],
  ["a=1", "a=1"],
  ["a\nb", `"a\nb"`],
  ["a\r\nb", `"a\r\nb"`],
  ["\r\r\n=1", `"'\r'\r\n'=1"`],
])("no spreadsheet takes %j for a formula", async (displayName, cell) => {
  const csv = await text(
    writeReport([
      { app: { id: appId, displayName, publisher: displayName }, patch: { failedDeviceCount: 4 } },
    ]),
  );
  expect(csv).toBe(
    `\uFEFFApplicationId,DisplayName,Publisher,Platform,ODataType,FailedDeviceCount\r\n${appId},${cell},${cell},,,4\r\n`,
  );
});

test("the reader gives back what was written, for hostile texts too", async () => {
  const piece = fc.constantFrom(
    "'",
    '"',
    "=",
    "＝",
    "＠",
    "\u3000",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    "\r\n",
    ",",
    ";",
    " ",
    "a",
    "\u001b[2J",
    "\u202e",
    "👩‍💻",
    "\uFEFF",
    "␀",
  );
  const name = fc
    .oneof(
      fc.array(piece, { maxLength: 8 }).map((parts) => parts.join("")),
      fc.string({ unit: "grapheme", maxLength: 40 }),
    )
    // A blank name counts as absent, and NUL is refused.
    .map((one) => one.replaceAll("\u0000", ""))
    .filter((one) => one.trim() !== "");
  const apps: fc.Arbitrary<ReportApp> = fc.record(
    {
      id: fc.uuid({ version: [1, 4, 7] }),
      displayName: name,
      publisher: name,
      "@odata.type": fc
        .constantFrom("win32LobApp", "iosVppApp", "webApp", "macOsVppApp", "xApp9")
        .map((type) => `#microsoft.graph.${type}`),
    },
    { requiredKeys: ["id"] },
  );
  const value = fc.oneof(fc.nat(), fc.constantFrom(0, counterMaximum));
  const reports = fc.subarray([...counterNames], { minLength: 1 }).chain((names) =>
    fc.record({
      // Without names the columns are those of the first entry.
      names: fc.constantFrom(names, undefined),
      entries: fc.array(fc.record({ app: apps, patch: patchOf(names, value) }), { maxLength: 5 }),
    }),
  );
  await fc.assert(
    fc.asyncProperty(reports, async ({ names, entries }) => {
      const rows = [];
      const options = names === undefined ? {} : { counters: names };
      for await (const row of readReport(writeReport(entries, options))) {
        rows.push("problem" in row ? row : { app: row.app, patch: row.patch });
      }
      expect(rows).toEqual(entries);
    }),
    { numRuns: 1000 },
  );
});

test("entries are taken one by one as the stream is read, and their source is closed", async () => {
  let asked = 0;
  let isEnded = false;
  async function* endless(): AsyncGenerator<ReportEntry> {
    try {
      for (;;) {
        asked += 1;
        yield { app: { id: appId, displayName: "x".repeat(1000) }, patch: examplePatch };
      }
    } finally {
      isEnded = true;
    }
  }
  const reader = writeReport(endless()).getReader();
  await reader.read();
  expect(asked).toBeLessThan(100);
  await reader.cancel();
  expect(isEnded).toBe(true);
});

describe("an entry that cannot be written fails with the id of its app", () => {
  const app = { id: appId };

  test.each([
    [
      "a report without counters",
      { app, patch: {} },
      `The app ${appId} cannot be written: it has no counters, and a report needs at least one.`,
    ],
    [
      "a lone surrogate",
      { app: { ...app, displayName: "\ud800" }, patch: examplePatch },
      `The app ${appId} cannot be written: '⟨U+D800⟩' contains an invalid character (NUL or unpaired surrogate).`,
    ],
    [
      "NUL",
      { app: { ...app, publisher: "a\u0000" }, patch: examplePatch },
      `The app ${appId} cannot be written: 'a␀' contains an invalid character (NUL or unpaired surrogate).`,
    ],
    [
      "a row longer than readers accept",
      { app: { ...app, displayName: "\t".repeat(33_000) }, patch: examplePatch },
      `The app ${appId} cannot be written: its row has 66063 characters; the maximum is 65536.`,
    ],
    [
      "an invalid type",
      { app: { ...app, "@odata.type": "=cmd()" }, patch: examplePatch },
      `The app ${appId} cannot be written: '=cmd()' is not a type such as #microsoft.graph.win32LobApp.`,
    ],
  ])("%s", async (_what, entry, message) => {
    expect(await failure([entry])).toMatchObject({ status: 400, code: "BadRequest", message });
  });

  test("a counter that the first entry has and another lacks, or the other way round", async () => {
    const whole = { app, patch: examplePatch };
    const cut = { app, patch: { failedDeviceCount: 1 } };
    expect(await failure([whole, cut])).toMatchObject({
      status: 400,
      message: `The app ${appId} cannot be written: installedDeviceCount is missing, and a missing number is never 0.`,
    });
    expect(await failure([cut, whole])).toMatchObject({
      status: 400,
      message: `The app ${appId} cannot be written: the first app has no installedDeviceCount. Name the columns with the option counters.`,
    });
    expect(() => writeReport([cut], { counters: [] })).toThrow("A report needs at least one counter.");
  });

  test("an id that is not a GUID", async () => {
    expect(await failure([{ app: { id: "nope" }, patch: examplePatch }])).toMatchObject({ status: 400 });
  });

  test("an invalid value", async () => {
    const error = await failure([{ app, patch: { ...examplePatch, failedUserCount: 1.5 } }]);
    expect(error).toMatchObject({ status: 400, target: "failedUserCount" });
  });

  test("a source that fails, with its own error", async () => {
    const own = new Error("the store is gone");
    // oxlint-disable-next-line require-yield
    async function* broken(): AsyncGenerator<ReportEntry> {
      await Promise.reject(own);
    }
    expect(await failure(broken())).toBe(own);
  });
});

test.each([
  ["androidManagedStoreApp", "1"],
  ["managedIOSStoreApp", "2"],
  ["iosiPadOSWebClip", "2"],
  ["macOSDmgApp", "3"],
  ["macOsVppApp", "3"],
  ["win32LobApp", "5"],
  ["windowsUniversalAppX", "5"],
  ["winGetApp", "5"],
  ["webApp", ""],
])("the platform of %s is %j", async (type, code) => {
  const app = { id: appId, "@odata.type": `#microsoft.graph.${type}` };
  const csv = await text(writeReport([{ app, patch: { failedDeviceCount: 4 } }]));
  expect(csv.split("\r\n")[1]).toBe(`${appId},,,${code},#microsoft.graph.${type},4`);
});

test.each<[string, unknown, object, string]>([
  [
    "nothing",
    undefined,
    {},
    "entries of writeReport must be a list or a stream of { app, patch }; got undefined.",
  ],
  ["a text", "x", {}, 'entries of writeReport must be a list or a stream of { app, patch }; got "x".'],
  ["null as an entry", [null], {}, "an entry of writeReport must be a plain object; got null."],
  [
    "an entry without an app",
    [{}],
    {},
    "app of an entry of writeReport must be a plain object; got undefined.",
  ],
  [
    "another column",
    [],
    { counters: ["foo"] },
    'each of options.counters of writeReport must be a counter; got "foo".',
  ],
  [
    "a column twice",
    [],
    { counters: ["failedDeviceCount", "failedUserCount", "failedDeviceCount"] },
    'options.counters of writeReport has "failedDeviceCount" twice; name it once.',
  ],
  ["a text for columns", [], { counters: "x" }, 'options.counters of writeReport must be a list; got "x".'],
  ["another option", [], { columns: [] }, 'options of writeReport cannot have "columns", only counters.'],
])("a report of %s is refused with a sentence", async (_what, entries, options, told) => {
  const write = async (): Promise<string> => text(writeReport(foreign(entries), options));
  await expect(write()).rejects.toThrow(new TypeError(told));
});

/** What plain JavaScript can pass. */
function foreign(entries: unknown): Parameters<typeof writeReport>[0] {
  return Object.assign(JSON.parse("{}"), { entries }).entries;
}

function patchOf(
  names: readonly CounterName[],
  value: fc.Arbitrary<number>,
): fc.Arbitrary<{ readonly [N in CounterName]?: number }> {
  return fc
    .array(value, { minLength: names.length, maxLength: names.length })
    .map((values) => Object.fromEntries(names.map((name, at) => [name, values[at]])));
}

async function text(stream: ReadableStream<Uint8Array>): Promise<string> {
  // Response.text() would drop the byte-order mark.
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(await new Response(stream).arrayBuffer());
}

async function failure(entries: Parameters<typeof writeReport>[0]): Promise<unknown> {
  try {
    await text(writeReport(entries));
  } catch (error) {
    return error;
  }
  throw new Error("it was written");
}
