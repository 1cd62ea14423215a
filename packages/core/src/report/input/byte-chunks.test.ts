import { expect, test } from "vitest";
import { allOf } from "../../../test/in-pieces.ts";
import { byteChunks, peek } from "./byte-chunks.ts";

const chunkLength = 16 * 1024;
const bytes = Uint8Array.from({ length: 2 * chunkLength + 1 }, (_, at) => at);

test.each([1, 1000, chunkLength, chunkLength + 1, bytes.length])(
  "chunks have one length when the pieces of the stream have %i bytes",
  async (length) => {
    const chunks = await allOf(byteChunks(inPieces(length)));
    // Each row that a chunk cuts is read once more, so that with tiny chunks a report took time by its square.
    expect(chunks.map((chunk) => chunk.length)).toEqual([chunkLength, chunkLength, 1]);
    expect(await joined(chunks)).toEqual(bytes);
  },
);

test("empty pieces make no chunks", async () => {
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new Uint8Array());
      controller.close();
    },
  });
  expect(await allOf(byteChunks(stream))).toEqual([]);
});

test("peeking at the start of a source loses nothing", async () => {
  const { start, chunks } = await peek(byteChunks(inPieces(1000)));
  expect(start).toEqual(bytes.slice(0, chunkLength));
  expect(await joined(await allOf(chunks))).toEqual(bytes);
});

test("the stream is released, whether it was read to its end or not", async () => {
  const whole = inPieces(1000);
  await allOf(byteChunks(whole));
  expect(whole.locked).toBe(false);
  const part = inPieces(1000);
  for await (const chunk of byteChunks(part)) {
    expect(chunk).toHaveLength(chunkLength);
    break;
  }
  expect(part.locked).toBe(false);
  expect(await part.getReader().read()).toEqual({ done: true, value: undefined });
});

test("a source that fails to cancel does not hide the reason", async () => {
  const stream = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(bytes),
    cancel: () => Promise.reject(new Error("the disk is gone")),
  });
  const own = new Error("enough");
  const reading = (async () => {
    for await (const chunk of byteChunks(stream)) {
      expect(chunk).toHaveLength(chunkLength);
      throw own;
    }
  })();
  await expect(reading).rejects.toBe(own);
});

async function joined(chunks: readonly Uint8Array[]): Promise<Uint8Array> {
  return new Uint8Array(await new Blob(chunks.map((chunk) => new Uint8Array(chunk))).arrayBuffer());
}

function inPieces(length: number): ReadableStream<Uint8Array> {
  let from = 0;
  return new ReadableStream({
    pull(controller) {
      if (from >= bytes.length) controller.close();
      else controller.enqueue(bytes.slice(from, (from += length)));
    },
  });
}
