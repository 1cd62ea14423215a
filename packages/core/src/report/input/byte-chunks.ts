import { formatValue } from "../../text/format-value.ts";

// Readers keep the rest of a chunk for the next one. With chunks of this size they seldom do, however small the pieces of
// the stream are. A chunk is parsed in one go, which holds up everything else for some milliseconds.
const chunkLength = 16 * 1024;

/** The bytes of one file: a stream of Node, Deno or Bun, the stream of a Blob, or the body of a response. */
export type ByteSource = AsyncIterable<Uint8Array> | ReadableStream<Uint8Array>;

/** Reads a stream in chunks of 16 KiB, the last one shorter. Stopping early cancels the stream. */
export async function* byteChunks(source: ByteSource): AsyncGenerator<Uint8Array, undefined> {
  let chunk = new Uint8Array(chunkLength);
  let length = 0;
  for await (const piece of pieces(source)) {
    // Bytes may come from another realm, so their class is not asked.
    if (!ArrayBuffer.isView(piece)) {
      throw new TypeError(
        "A report is read from bytes, and the stream has text. Open it without an encoding.",
      );
    }
    for (let from = 0; from < piece.length;) {
      const part = piece.subarray(from, from + chunkLength - length);
      chunk.set(part, length);
      from += part.length;
      length += part.length;
      if (length === chunkLength) {
        yield chunk;
        chunk = new Uint8Array(chunkLength);
        length = 0;
      }
    }
  }
  if (length > 0) yield chunk.slice(0, length);
}

/** Reads the first chunk, which is empty at the end, and gives it back together with all chunks. */
export async function peek(chunks: AsyncGenerator<Uint8Array, undefined>): Promise<{
  readonly start: Uint8Array;
  readonly chunks: AsyncGenerator<Uint8Array, undefined>;
}> {
  const { value: start = new Uint8Array() } = await chunks.next();
  return { start, chunks: again() };

  async function* again(): AsyncGenerator<Uint8Array, undefined> {
    if (start.length > 0) yield start;
    yield* chunks;
  }
}

function pieces(source: ByteSource): AsyncIterable<Uint8Array> {
  // Callers without types pass a body that is null, or a file's text.
  if (typeof source === "object" && source !== null) {
    if ("getReader" in source) return readPieces(source);
    if (Symbol.asyncIterator in source) return source;
  }
  throw new TypeError(
    `A report is read from a stream of bytes, as blob.stream() is one; got ${formatValue(source)}.`,
  );
}

/** Not every engine can iterate a `ReadableStream`. */
async function* readPieces(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array, undefined> {
  const reader = stream.getReader();
  let isDone = false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      yield value;
    }
    isDone = true;
  } finally {
    // A source may fail when it is cancelled; that must not hide the reason of the cancellation.
    if (!isDone) await reader.cancel().catch(() => undefined);
    reader.releaseLock();
  }
}
