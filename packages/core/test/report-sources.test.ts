import { Readable } from "node:stream";
import { describe, expect, test, vi } from "vitest";
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
    ["a stream of text", Readable.from([csv]), "a stream of text"],
    [
      "a web stream of text",
      new Blob([csv]).stream().pipeThrough(new TextDecoderStream()),
      "a stream of text",
    ],
    ["a stream of buffers", Readable.from([new ArrayBuffer(8)]), "a stream of [object ArrayBuffer]"],
    ["a stream of views", Readable.from([new DataView(new ArrayBuffer(8))]), "a stream of [object DataView]"],
    ["a stream of units", Readable.from([new Uint16Array(8)]), "a stream of [object Uint16Array]"],
    ["a stream of numbers", Readable.from([80, 75]), "a stream of 80"],
    ["the body of a response without one", new Response(null, { status: 204 }).body, "null"],
    ["nothing", undefined, "undefined"],
    ["a text", csv, "text"],
    ["a response", new Response(csv), "[object Response]"],
    ["a file", new Blob([csv]), "[object Blob]"],
    ["bytes", Buffer.from(csv), "[object Uint8Array]"],
    ["a list of texts in a list", [[csv]], "[object Array]"],
    ["texts, one for each page", [csv, csv], "text"],
    ["nothing, for each page", [null, undefined], "null"],
  ])("bytes only: %s is refused in a sentence", async (_what, source, got) => {
    // What a caller without types may pass.
    const anything: Parameters<typeof readReport>[0] = JSON.parse("null") ?? source;
    expect(await failure(anything)).toEqual(
      new TypeError(
        `A report is read from a stream of bytes, such as blob.stream() or createReadStream(path) without an encoding; got ${got}.`,
      ),
    );
  });

  test("a stream behind what is refused is released", async () => {
    const cancel = vi.fn<() => void>();
    const anything: Parameters<typeof readReport>[0] = JSON.parse(JSON.stringify([csv])).concat(
      new ReadableStream({ cancel }),
    );
    expect(await failure(anything)).toBeInstanceOf(TypeError);
    expect(cancel).toHaveBeenCalledOnce();
  });
});
