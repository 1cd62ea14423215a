import { Readable } from "node:stream";
import { describe, expect, test } from "vitest";
import { readReport } from "../src/report/index.ts";
import { collect, failure } from "./read-rows.ts";
import { appId } from "./samples.ts";

describe("a report is read from", () => {
  const csv = `ApplicationId,FailedDeviceCount\n${appId},4\n`;

  test("a stream of Node, also one that became a web stream", async () => {
    for (const source of [
      Readable.from([Buffer.from(csv)]),
      Readable.toWeb(Readable.from([Buffer.from(csv)])),
    ]) {
      expect(await collect(source)).toMatchObject([{ app: { id: appId } }]);
    }
  });

  test("a stream of Node, which is closed when reading stops early", async () => {
    const source = new Readable({ read: () => source.push(Buffer.from(csv)) });
    for await (const row of readReport(source)) {
      expect(row).toMatchObject({ line: 2 });
      break;
    }
    expect(source.destroyed).toBe(true);
  });

  test.each([
    [
      "a stream of text",
      Readable.from(["ApplicationId"]),
      "the stream has text. Open it without an encoding.",
    ],
    [
      "the body of a response without one",
      new Response(null, { status: 204 }).body,
      "as blob.stream() is one; got null.",
    ],
    ["a text", "ApplicationId", 'as blob.stream() is one; got "ApplicationId".'],
    ["a response", new Response(csv), "got [object Response]."],
    ["a file", new Blob([csv]), "got [object Blob]."],
    ["bytes", Buffer.from(csv), "got [object Uint8Array]."],
    ["a list of texts in a list", [[csv]], "got [object Array]."],
  ])("bytes only: %s is refused in a sentence", async (_what, source, message) => {
    // What a caller without types may pass.
    const anything: Parameters<typeof readReport>[0] = JSON.parse("null") ?? source;
    const error = await failure(anything);
    expect(error).toBeInstanceOf(TypeError);
    expect(String(error)).toContain(message);
  });
});
