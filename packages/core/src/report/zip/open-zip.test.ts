import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { intuneHeader, intuneRow } from "../../../test/intune-report.ts";
import { makeZip } from "../../../test/make-zip.ts";
import { collect, failure, read, refusal, streamOf } from "../../../test/read-rows.ts";
import { appId } from "../../../test/samples.ts";
import { isGraphError } from "../../http/graph-error.ts";
import { readReport } from "../read-report.ts";

describe("the export's ZIP", () => {
  const csv = `${intuneHeader}\r\n${intuneRow}\r\n`;
  const json = JSON.stringify({ values: [{ ApplicationId: appId, FailedDeviceCount: 1 }] });
  const whole = makeZip({ name: "report.csv", data: csv });

  test.each([
    ["a CSV", whole],
    ["a CSV that is stored", makeZip({ name: "report.csv", data: csv, method: 0 })],
    ["a CSV with a byte-order mark", makeZip({ name: "report.CSV", data: `\uFEFF${csv}` })],
    [
      "another file beside the report",
      makeZip({ name: "read me.txt", data: "" }, { name: "report.csv", data: csv }),
    ],
    [
      "files that macOS adds",
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

  const rejected: readonly (readonly [string, Uint8Array, string | RegExp])[] = [
    [
      "B117",
      makeZip({ name: "report.txt", data: csv }, { name: "__MACOSX/._report.csv", data: "x" }),
      "The ZIP contains 'report.txt'; it must have one file that ends in .csv or .json.",
    ],
    ["B117", makeZip(), "The ZIP is empty; it must have one file that ends in .csv or .json."],
    [
      "B117",
      makeZip(
        { name: "\u202ea.csv", data: csv },
        ...[1, 2, 3, 4, 5, 6].map((n) => ({ name: `${n}.csv`, data: csv })),
      ),
      "The ZIP contains 7 reports: '⟨U+202E⟩a.csv', '1.csv', '2.csv', '3.csv', '4.csv' and 2 more. Import one at a time.",
    ],
    [
      "B117",
      makeZip({ name: "a.csv", data: csv }, { name: "b.json", data: json }),
      "The ZIP contains 2 reports: 'a.csv', 'b.json'. Import one at a time.",
    ],
    [
      "B118",
      makeZip({ name: "a.csv", data: csv, flags: 0x801 }),
      "'a.csv' in the ZIP is encrypted. Unpack it first.",
    ],
    [
      "B118",
      makeZip({ name: "a.csv", data: csv, method: 12 }),
      "'a.csv' in the ZIP uses a compression method other than deflate. Unpack it first.",
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
      "The ZIP contains another ZIP. Unpack the outer one first.",
    ],
    ["B107", makeZip({ name: "a.csv", data: "" }), "The file is empty."],
  ];

  test.each(rejected)("is rejected (%s): %#", async (_case, file, message) => {
    const error = await refusal(file);
    expect(error).toMatchObject({ status: 400, code: "BadRequest" });
    expect(error.message).toMatch(message);
  });

  test("must not be an Excel workbook (B123)", async () => {
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

  test("of more than 64 MiB is rejected", async () => {
    const start = whole.slice(0, 64);
    const zip = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(start),
      pull: (controller) => controller.enqueue(new Uint8Array(1024 * 1024)),
    });
    expect(await failure(zip)).toMatchObject({ status: 413, code: "RequestEntityTooLarge" });
  });
});

test("a ZIP with one changed byte is read as it was or rejected, and the reader always ends", async () => {
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

test("reading may stop early inside a ZIP", async () => {
  const rows = Array.from({ length: 50_000 }, () => `${crypto.randomUUID()},1`);
  const data = `ApplicationId,FailedDeviceCount\n${rows.join("\n")}`;
  const stream = streamOf(makeZip({ name: "a.csv", data }));
  for await (const row of readReport(stream)) {
    expect(row).toMatchObject({ line: 2 });
    break;
  }
  expect(stream.locked).toBe(false);
});

test.each([
  [1000, "contains 1000 reports"],
  [1001, "has more than 1000 entries"],
  [50_000, "has more than 1000 entries"],
])("a ZIP of %d entries is refused without listing more than a thousand", async (count, what) => {
  const entries = Array.from({ length: count }, (_, at) => ({ name: `${at}.csv`, data: "", method: 0 }));
  const error = await refusal(makeZip(...entries));
  expect(error).toMatchObject({ status: 400, message: expect.stringContaining(`The ZIP ${what}`) });
});

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
