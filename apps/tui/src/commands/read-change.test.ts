import { PassThrough, Readable } from "node:stream";
import { UserError } from "@install-summary/command-line/errors";
import { expect, test } from "vitest";
import { listedApp } from "../../test/sample-apps.ts";
import { readChange, type Change } from "./read-change.ts";

const { installSummary: summary } = listedApp(0);

function read(args: readonly string[], input: string | Uint8Array = ""): Promise<Change> {
  return readChange(args, Readable.from([Buffer.from(input)]), new AbortController().signal);
}

function errorOf(run: () => unknown): UserError {
  try {
    run();
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error("Nothing was refused.");
}

async function* endless(): AsyncGenerator<Buffer> {
  for (;;) yield Buffer.alloc(16 * 1024, " ");
}

test("assignments become an edit of what is there", async () => {
  expect((await read(["failed-=8"])).editOf(summary)).toEqual({ failedDeviceCount: { add: -8 } });
});

test("a JSON patch on standard input may repeat the id of the app", async () => {
  const change = await read(["-"], `\ufeff{"id":"${summary.id.toUpperCase()}","failedDeviceCount":4.0}`);
  expect(change.editOf(summary)).toEqual({ failedDeviceCount: 4 });
});

test("a JSON patch in UTF-16, which Windows PowerShell writes for >, is read", async () => {
  const change = await read(["-"], Buffer.from('\ufeff{"failedDeviceCount":77}\r\n', "utf16le"));
  expect(change.editOf(summary)).toEqual({ failedDeviceCount: 77 });
});

test.each([
  ["{failedDeviceCount:4}", "The JSON cannot be read. Invalid JSON at line 1, column 2."],
  ["[".repeat(20), "The JSON cannot be read. Too many levels at line 1, column 17."],
  [" \n", "The JSON is empty."],
  ["[4]", "The JSON is not an object."],
  ["null", "The JSON is not an object."],
  [Uint8Array.of(0x7b, 0xf6), "The JSON is neither UTF-8 nor UTF-16."],
])("what is not a JSON object is refused without a word of requests: %j", async (input, message) => {
  await expect(read(["-"], input)).rejects.toMatchObject({ exit: 6, message, argument: "-" });
});

test("a JSON patch with faults is refused with the line of each of them, and without a word of a server", async () => {
  const change = await read(
    ["-"],
    '{\n  "failedDeviceCount": "4",\n  "failedUserCount": 1,\n  "failedUserCount": 2, "failedUserCont": 1\n}',
  );
  expect(errorOf(() => change.editOf(summary))).toMatchObject({
    message: "The JSON has 3 faults. Nothing was sent.",
    exit: 6,
    code: "ModelValidationFailure",
    argument: "-",
    help: [
      expect.stringMatching(
        /^line 2: .*'failedDeviceCount' must be a whole number from 0 to 2147483647; got "4"\.$/,
      ),
      expect.stringMatching(/^line 4: Multiple properties with the name 'failedUserCount'/),
      expect.stringMatching(
        /^line 4: The property 'failedUserCont' does not exist .* Did you mean 'failedUserCount'\?$/,
      ),
    ],
  });
});

test("a fault inside what get prints has its line in the whole text", async () => {
  const app = {
    id: summary.id,
    displayName: null,
    etag: 'W/"7"',
    summary: { failedDeviceCount: 2147483648 },
  };
  const change = await read(["-"], JSON.stringify(app, null, 2));
  expect(errorOf(() => change.editOf(summary))).toMatchObject({
    message:
      "The JSON is refused: line 6: 'failedDeviceCount' must be between 0 and 2147483647; got 2147483648. Nothing was sent.",
    target: "failedDeviceCount",
    help: [],
  });
});

test("a JSON patch with the id of another app says so", async () => {
  const change = await read(["-"], '{"id":"99999999-9999-4999-8999-999999999999","failedDeviceCount":4}');
  expect(errorOf(() => change.editOf(summary)).message).toMatch(/^The JSON is of another app: 9{8}-/);
});

test("what get prints as JSON is read with its version, and a name that is given twice is refused", async () => {
  const printed = (counters: string): string =>
    `{"id":"${summary.id}","displayName":null,"etag":"W/\\"7\\"","summary":{${counters}}}`;
  const change = await read(["-"], printed('"failedDeviceCount":8'));
  expect(change.editOf(summary)).toEqual({ failedDeviceCount: 8 });
  expect(change.readAt).toEqual({ etag: 'W/"7"', argument: "-" });
  const twice = await read(["-"], printed('"failedDeviceCount":8,"failedDeviceCount":9'));
  expect(errorOf(() => twice.editOf(summary))).toMatchObject({ exit: 6, target: "failedDeviceCount" });
});

test("an app as list prints it as JSON is read with its version, alone or in a list of one", async () => {
  const { id } = summary;
  const app = {
    "@odata.type": "#microsoft.graph.webApp",
    id,
    displayName: "A",
    publisher: null,
    platform: "Web",
  };
  const printed = { ...app, version: 7, etag: 'W/"7"', failedDeviceCount: 8, failedUserCount: 0 };
  for (const text of [JSON.stringify(printed), JSON.stringify([printed])]) {
    const change = await read(["-"], text);
    expect(change.editOf(summary)).toEqual({ failedDeviceCount: 8, failedUserCount: 0 });
    expect(change.readAt).toEqual({ etag: 'W/"7"', argument: "-" });
    const other = { ...summary, id: "99999999-9999-4999-8999-999999999999" };
    expect(() => change.editOf(other)).toThrow(expect.objectContaining({ exit: 6, target: "id" }));
  }
  await expect(read(["-"], JSON.stringify([printed, printed]))).rejects.toMatchObject({ exit: 6 });
});

test("a member that list does not print is refused in an app as list prints it", async () => {
  const text = JSON.stringify({ id: summary.id, platform: "Web", etag: null, failedDeviceCont: 8 });
  const change = await read(["-"], text);
  expect(errorOf(() => change.editOf(summary)).message).toContain("failedDeviceCont");
});

test("more than a patch can have is refused without being read to its end", async () => {
  const reading = readChange(["-"], Readable.from(endless()), new AbortController().signal);
  await expect(reading).rejects.toMatchObject({ exit: 6, message: "The JSON is larger than 64 KiB." });
});

test("an app as Graph responds with it is read with its version, alone or in a list of one", async () => {
  const { id } = summary;
  const installSummary = {
    "@odata.etag": 'W/"7"',
    "@odata.type": "#microsoft.graph.mobileAppInstallSummary",
    id,
    failedDeviceCount: 8,
  };
  const app = { "@odata.type": "#microsoft.graph.webApp", id, displayName: "A", installSummary };
  for (const value of [app, { "@odata.context": "x", ...app }, { "@odata.context": "x", value: [app] }]) {
    const change = await read(["-"], JSON.stringify(value));
    expect(change.editOf(summary)).toEqual({ failedDeviceCount: 8 });
    expect(change.readAt).toEqual({ etag: 'W/"7"', argument: "-" });
    const other = { ...summary, id: "99999999-9999-4999-8999-999999999999" };
    expect(() => change.editOf(other)).toThrow(expect.objectContaining({ exit: 6, target: "id" }));
  }
  await expect(read(["-"], JSON.stringify({ value: [app, app] }))).rejects.toMatchObject({ exit: 6 });
});

test("a summary in value, as documentation shows a GET, is read like one without", async () => {
  const value = { id: summary.id, failedDeviceCount: 8 };
  const change = await read(["-"], JSON.stringify({ value }));
  expect(change.editOf(summary)).toEqual({ failedDeviceCount: 8 });
  expect(change.readAt).toBeUndefined();
  const wrong = await read(["-"], JSON.stringify({ value: { failedDeviceCont: 8 } }));
  expect(errorOf(() => wrong.editOf(summary)).message).toContain("failedDeviceCont");
});

test("a summary with its ETag, as full metadata has it, holds for that version", async () => {
  const given = { "@odata.etag": 'W/"7"', id: summary.id, failedDeviceCount: 8 };
  for (const value of [given, { value: given }]) {
    const change = await read(["-"], JSON.stringify(value));
    expect(change.editOf(summary)).toEqual({ failedDeviceCount: 8 });
    expect(change.readAt).toEqual({ etag: 'W/"7"', argument: "-" });
  }
});

test.each([
  '{"id":"ID","installSummary":{"failedDeviceCount":8},"installSummary":{"failedDeviceCount":9}}',
  '{"@odata.etag":"W/\\"7\\"","failedDeviceCount":8,"failedDeviceCount":9}',
  '{"value":{"failedDeviceCount":8,"failedDeviceCount":9}}',
])("a text that says two things is refused: %s", async (text) => {
  const change = await read(["-"], text.replace("ID", summary.id));
  expect(errorOf(() => change.editOf(summary))).toMatchObject({ exit: 6 });
});

test("reading standard input ends when the command is stopped", async () => {
  const stop = new AbortController();
  const reading = readChange(["-"], new PassThrough(), stop.signal);
  stop.abort(new Error("stopped"));
  await expect(reading).rejects.toThrow("aborted");
});

test.each([
  [[], undefined],
  [["-", "failed=1"], "failed=1"],
  [["failed=1", "@patch.json"], "@patch.json"],
  [["-", "-"], "-"],
])("%j is not a change", async (args, argument) => {
  await expect(read(args)).rejects.toMatchObject({ exit: 2, code: "Usage", argument });
});
