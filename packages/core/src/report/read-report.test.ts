import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { intuneHeader, intuneRow } from "../../test/intune-report.ts";
import { makeZip } from "../../test/make-zip.ts";
import { collect, failure, read, refusal } from "../../test/read-rows.ts";
import { appId } from "../../test/samples.ts";
import { isGraphError } from "../http/graph-error.ts";
import { installSummaryPatchSchema } from "../resource/install-summary-schema.ts";
import { readReport } from "./read-report.ts";

const otherId = "11111111-1111-1111-1111-111111111111";

describe("a file that is not a report is rejected as a whole", () => {
  const columns = Array.from({ length: 201 }, (_, index) => `c${index}`).join(",");

  test.each([
    ["B107", "", "The file is empty."],
    ["B107", "\uFEFF", "The file is blank."],
    ["B107", "\r\n\r\n", "The file is blank."],
    [
      "B108",
      utf16("ApplicationId").slice(2),
      'The file is UTF-16 without a byte-order mark, or binary. Save it as "CSV UTF-8".',
    ],
    [
      "B109",
      latin1(`FailedDeviceCount,ApplicationId,DisplayName\n0,${appId},a\n0,${appId},Caf\u00e9\n`),
      'The file is not UTF-8 at line 3, column 43. Save it as UTF-8, which Excel calls "CSV UTF-8".',
    ],
    [
      "B109",
      latin1(`FailedDeviceCount,ApplicationId\n0,${appId}\n\u00c3`),
      'The file is not UTF-8 at line 3, column 1. Save it as UTF-8, which Excel calls "CSV UTF-8".',
    ],
    [
      "B109",
      `FailedDeviceCount,ApplicationId,DisplayName\n0,${appId},a\n0,${appId},b\u0000\n`,
      "The file has a NUL character at line 3, column 41. Export the report again.",
    ],
    [
      "B110",
      "Id,DisplayName\n1,a",
      "The file has no column of counters such as InstalledDeviceCount: this looks like Graph's list of apps without $expand=installSummary, and the report that is needed is AppInstallStatusAggregate.",
    ],
    ["B110", "\u001b[2J\n", "The column ApplicationId is missing. The file has these columns: ␛[2J"],
    [
      "B111",
      "ApplicationId,DisplayName,displayname\n",
      "The column 'displayname' appears twice (columns 2 and 3).",
    ],
    [
      "B112",
      "ApplicationId;DisplayName\n",
      "The file has no column of counters such as InstalledDeviceCount; the report that is needed is AppInstallStatusAggregate. The file has these columns: ApplicationId, DisplayName",
    ],
    [
      "B112",
      'DeviceName;UPN;"a ""b"", c"\r\n"x";"y";"z"\r\n',
      "The column ApplicationId is missing: this looks like the report of the devices of one app (DeviceInstallStatusByApp), and the report that is needed is AppInstallStatusAggregate.",
    ],
    [
      "CR alone",
      `FailedDeviceCount,ApplicationId,DisplayName\r0,${appId},a\r0,${appId},b\r`,
      'The file has old Mac (CR) line endings. Save it as "CSV UTF-8".',
    ],
    [
      "CR alone",
      `"FailedDeviceCount","ApplicationId","DisplayName"\r"0","${appId}","a"\r`,
      'The file has old Mac (CR) line endings. Save it as "CSV UTF-8".',
    ],
    [
      "B113",
      `FailedDeviceCount,ApplicationId,DisplayName\n0,${appId},"${"a\r".repeat(40_000)}"\n`,
      "Line 2 is longer than 65536 characters. Most of it is in column 3. Leave it out, or shorten it.",
    ],
    [
      "CR alone",
      `FailedDeviceCount,ApplicationId,DisplayName\r${`0,${appId},a\r`.repeat(10_000)}`,
      'The file has old Mac (CR) line endings. Save it as "CSV UTF-8".',
    ],
    [
      "B113",
      `FailedDeviceCount,ApplicationId\n0,${appId}\n${"x".repeat(10_000_000)}`,
      "Line 3 is longer than 65536 characters.",
    ],
    // So long that it ends in the chunk that follows.
    [
      "B113",
      `FailedDeviceCount,ApplicationId\n${"x".repeat(65_537)}\n0,${appId}\n`,
      "Line 2 is longer than 65536 characters.",
    ],
    [
      "B113",
      `FailedDeviceCount,ApplicationId,DisplayName\n0,${appId},"${"x\n".repeat(100_000)}`,
      "The quote at line 2, column 40 is not closed within 65536 characters.",
    ],
    [
      "B113",
      `FailedDeviceCount,ApplicationId,DisplayName\n0,${appId},a\n0,${appId},"b\n0,${appId},c\n`,
      "The quote at line 3, column 40 is never closed.",
    ],
    [
      "B113",
      `FailedDeviceCount,ApplicationId,DisplayName\n0,${appId},a\n0,${appId},"b"c\n0,${appId},d\n`,
      "The cell quoted at line 3, column 40 is followed by text. A quote inside a quoted cell is written twice.",
    ],
    [
      "B113",
      `FailedDeviceCount,ApplicationId,DisplayName,Publisher\r\n0,${appId},"a\r\nb","c\n`,
      "The quote at line 3, column 4 is never closed.",
    ],
    ["B114", `ApplicationId,${columns}\n`, "The header has 202 columns; the maximum is 200."],
    [
      "B115",
      "<!doctype html><p>Sign in",
      "The file is HTML or XML, perhaps a sign-in page; the report that is needed is AppInstallStatusAggregate.",
    ],
    ["gzip", Uint8Array.of(0x1f, 0x8b, 8, 0), "The file is packed with gzip. Unpack it first."],
    [
      "B115",
      `Report of June\n${intuneHeader}\n${intuneRow}`,
      "The column ApplicationId is missing. The file has these columns: Report of June",
    ],
  ])("%s: %#", async (_case, file, message) => {
    expect(await refusal(file)).toMatchObject({ status: 400, code: "BadRequest", message });
  });
});

test.each([
  ["3 rows", intuneHeader + intuneRow.repeat(3)],
  ["50 rows", intuneHeader + intuneRow.repeat(50)],
  ["2,000 rows", intuneHeader + intuneRow.repeat(2000)],
  ["one row and no name twice", `ApplicationId,DisplayName,InstalledDeviceCount${appId},Contoso,41`],
  ["semicolons and two columns", `ApplicationId;DisplayName${appId};Contoso`],
  ["quotes", `"ApplicationId","FailedDeviceCount""${appId}","1"`],
  ["a name before the id", `\uFEFFDisplayName,ApplicationId,FailedDeviceCountContoso,${appId},1`],
  ["a line of PowerShell above the header", `#TYPE a.bApplicationId,FailedDeviceCount${appId},1`],
])("a file with %s whose line breaks curl took out says what to do", async (_what, text) => {
  expect((await refusal(text)).message).toBe(
    "The line breaks of the file are gone, so that its rows are in the line of its header. curl takes them out with -d: " +
      "send the file with --data-binary. If another program took them out, export the report again.",
  );
});

test("a file is read alike however it is cut into chunks", async () => {
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
  const values = [
    { ApplicationId: appId, DisplayName: "👩‍💻", FailedDeviceCount: 1 },
    { ApplicationId: "nope" },
  ];
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

test("for all bytes the only error is a GraphError", async () => {
  const start = fc.constantFrom(
    "",
    "PK\u0003\u0004",
    "{",
    "[",
    '{"values":[',
    '{"value":[{"id":"',
    "sep=",
    "#TYPE ",
    "ApplicationId,FailedDeviceCount\n",
    `ApplicationId\n${appId},"`,
  );
  await fc.assert(
    fc.asyncProperty(start, fc.uint8Array({ maxLength: 200 }), async (text, bytes) => {
      const marked = new Uint8Array([...utf16(text), ...bytes]);
      for (const file of [new Uint8Array([...new TextEncoder().encode(text), ...bytes]), marked]) {
        const outcome = await collect(chunked(file, [file.length || 1].values())).catch(
          (error: unknown) => error,
        );
        expect(Array.isArray(outcome) || isGraphError(outcome)).toBe(true);
      }
    }),
    { numRuns: 300 },
  );
});

test("for a JSON report that is changed anywhere the only error is a GraphError, and every row is sound", async () => {
  const app = {
    "@odata.type": "#microsoft.graph.win32LobApp",
    id: appId,
    displayName: "a",
    installSummary: { id: appId, failedDeviceCount: 1 },
  };
  const files = [
    JSON.stringify({ "@odata.count": 2, value: [app, { ...app, id: otherId, installSummary: null }] }),
    JSON.stringify([
      { ApplicationId: appId, FailedDeviceCount: "4.0" },
      { ApplicationId: otherId, FailedUserCount: 1e3 },
    ]),
    JSON.stringify({
      TotalRowCount: "1",
      Schema: [{ Column: "ApplicationId" }, { Column: "FailedUserCount" }],
      Values: [[appId, "7"]],
    }),
  ];
  const piece = fc.constantFrom(
    "",
    "null",
    "{}",
    "[]",
    '"',
    ",",
    "-1",
    "1.000",
    '"id":',
    '"value":[',
    '"@odata.nextLink":"x",',
  );
  const edit = fc.record({
    file: fc.constantFrom(...files),
    at: fc.nat(400),
    remove: fc.nat(12),
    insert: piece,
  });
  await fc.assert(
    fc.asyncProperty(edit, async ({ file, at, remove, insert }) => {
      const text = file.slice(0, at) + insert + file.slice(at + remove);
      const outcome = await read(text).catch((error: unknown) => error);
      const rows: readonly unknown[] = Array.isArray(outcome) ? outcome : [];
      expect(Array.isArray(outcome) || isGraphError(outcome)).toBe(true);
      expect(rows.filter((row) => !isSound(row))).toEqual([]);
    }),
    { numRuns: 1000 },
  );
});

test.each([
  ["CSV", "ApplicationId,FailedDeviceCount\n", `${appId},1\n`],
  ["JSON", '{"values":[', `{"ApplicationId":"${appId}","FailedDeviceCount":1},`],
])("stopping early cancels the file: %s", async (_what, start, more) => {
  const { stream, isCancelled } = endlessFile(start, more);
  for await (const row of readReport(stream)) {
    expect(row).toMatchObject({ app: { id: appId } });
    break;
  }
  expect(isCancelled()).toBe(true);
  expect(stream.locked).toBe(false);
});

test("a list without a file is refused: an empty report is one that was read", async () => {
  const rows = readReport([]);
  await expect(rows.next()).rejects.toMatchObject({
    name: "GraphError",
    message: "There is no file to read: the list of files is empty.",
  });
});

test("a file that is rejected is cancelled", async () => {
  const { stream, isCancelled } = endlessFile("ApplicationId\n", '"x"y\n');
  expect(await failure(stream)).toMatchObject({ status: 400 });
  expect(isCancelled()).toBe(true);
});

test("a file whose stream fails ends with the error of the stream", async () => {
  const own = new Error("the disk is gone");
  const broken = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(new TextEncoder().encode("ApplicationId\n")),
    pull: (controller) => controller.error(own),
  });
  expect(await failure(broken)).toBe(own);
});

/** Whether a row has a problem, or the valid value of at least one counter. */
function isSound(row: unknown): boolean {
  const { problem, patch } = z
    .object({ problem: z.string().optional(), patch: installSummaryPatchSchema.optional() })
    .parse(row);
  return problem !== undefined || Object.keys(patch ?? {}).length > 0;
}

function csvRow(displayName: string): string {
  return `${otherId},"${displayName}",2\r\n`;
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
