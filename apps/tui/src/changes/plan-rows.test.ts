import { expect, test } from "vitest";
import { sampleId } from "../../test/sample-apps.ts";
import { readPlanRows, type PlanRows } from "./plan-rows.ts";

const [one, two] = [sampleId(1), sampleId(2)];

async function* chunksOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += 7) yield bytes.subarray(start, start + 7);
}

function read(text: string, encoding: BufferEncoding = "utf8"): Promise<PlanRows> {
  return readPlanRows(chunksOf(Buffer.from(text, encoding)));
}

const csv = `ApplicationId,DisplayName,FailedDeviceCount,ETag\r\n${one},a,4,"W/""7"""\r\n${two},b,5,\r\n`;
const rows = [
  { id: one, displayName: "a", etag: 'W/"7"', counters: { failedDeviceCount: 4 } },
  { id: two, displayName: "b", etag: null, counters: { failedDeviceCount: 5 } },
];
const objects = [
  { id: one, displayName: "a", etag: 'W/"7"', failedDeviceCount: 4 },
  { id: two, displayName: "b", etag: null, failedDeviceCount: 5 },
];
const lines = objects.map((object) => `${JSON.stringify(object)}\n`).join("");

test.each([
  ["CSV", csv],
  ["JSON", JSON.stringify(objects, null, 2)],
  ["a line of JSON for each app", lines],
  [
    "lines of JSON with CRLF, blank lines and no line break at the end",
    lines.replaceAll("\n", "\r\n\r\n").trim(),
  ],
])("the rows of %s are read", async (_, text) => {
  expect(await read(text)).toEqual({ rows, rejected: [] });
});

test("one line of JSON is one row", async () => {
  expect(await read(`${JSON.stringify(objects[0])}\n`)).toEqual({ rows: rows.slice(0, 1), rejected: [] });
});

test("lines in UTF-16, as Windows PowerShell writes them, are read", async () => {
  expect(await read(`\ufeff${lines}`, "utf16le")).toEqual({ rows, rejected: [] });
});

test.each(['"7"', "7", "W/7", 'w/"7"', '"7-gzip"'])(
  "%s in the column ETag is the version 7",
  async (etag) => {
    const cell = `"${etag.replaceAll('"', '""')}"`;
    const text = `ApplicationId,FailedDeviceCount,ETag\n${one},4,${cell}\n`;
    const found = [{ id: one, displayName: null, etag: 'W/"7"', counters: { failedDeviceCount: 4 } }];
    expect(await read(text)).toEqual({ rows: found, rejected: [] });
    const object = { ApplicationId: one, FailedDeviceCount: 4, ETag: etag };
    expect(await read(JSON.stringify([object]))).toEqual({ rows: found, rejected: [] });
    const number = { ApplicationId: one, FailedDeviceCount: 4, ETag: 7 };
    expect(await read(JSON.stringify([number]))).toEqual({ rows: found, rejected: [] });
  },
);

test.each(["garbage x", "*", '"7", "8"', "7.0"])(
  "%s in the column ETag is called what it is",
  async (etag) => {
    const text = `ApplicationId,FailedDeviceCount,ETag\n${two},1,\n${one},4,"${etag.replaceAll('"', '""')}"\n`;
    expect(await read(text)).toMatchObject({
      rows: [{ id: two, etag: null }],
      rejected: [
        {
          line: 3,
          id: one,
          column: "ETag",
          problem: `The ETag '${etag}' names no version. It looks like W/"7" or 7; leave it empty if it is not known.`,
        },
      ],
    });
  },
);

test("an app that is there twice is rejected the second time, and a blank counter is told, never 0", async () => {
  const { rejected } = await read(`${csv}${one},a,9,\n${sampleId(3)},c,,\n`);
  expect(rejected).toEqual([
    { line: 4, id: one, column: "ApplicationId", problem: `The app ${one} is there twice.` },
    expect.objectContaining({ line: 5, problem: expect.stringContaining("the cell is empty") }),
  ]);
});
