import { formatValue } from "../../text/format-value.ts";
import { objectKind } from "../../text/object-kind.ts";

// Readers keep the rest of a chunk for the next one. With chunks of this size they seldom do, however small the pieces of
// the stream are. A chunk is parsed in one go, which holds up everything else for some milliseconds.
const chunkLength = 16 * 1024;

/** The bytes of one file: a stream of Node, Deno or Bun, the stream of a Blob, or the body of a response. */
export type ByteSource = AsyncIterable<Uint8Array> | ReadableStream<Uint8Array>;

/** Reads a stream in chunks of 16 KiB, the last one shorter. Stopping early cancels the stream. */
export async function* byteChunks(source: ByteSource): AsyncGenerator<Uint8Array, undefined> {
  let chunk = new Uint8Array(chunkLength);
  let length = 0;
  for await (const piece of bytePieces(source)) {
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

/** Reads a stream in the pieces in which it comes. Throws `TypeError` for anything else, and for a stream of anything else. */
export async function* bytePieces(source: ByteSource): AsyncGenerator<Uint8Array, undefined> {
  for await (const piece of piecesOf(source)) {
    // Bytes may come from another realm, so their class is not asked.
    if (objectKind(piece) !== "[object Uint8Array]") throw notBytes(piece, "a stream of ");
    yield piece;
  }
}

function piecesOf(source: ByteSource): AsyncIterable<Uint8Array> {
  if (isWebStream(source)) return readPieces(source);
  // Callers without types pass a body that is null, or a file's text.
  if (Symbol.asyncIterator in Object(source)) return source;
  throw notBytes(source);
}

/** Whether a source is a stream that is released when it is not read. */
export function isWebStream(source: ByteSource): source is ReadableStream<Uint8Array> {
  return "getReader" in Object(source);
}

/** The error for what is no stream of bytes. A text may be the report itself, which has no place in a sentence. */
function notBytes(value: unknown, where = ""): TypeError {
  const what = typeof value === "string" ? "text" : formatValue(value);
  return new TypeError(
    `A report is read from a stream of bytes, such as blob.stream() or createReadStream(path) without an encoding; got ${where}${what}.`,
  );
}

/** Not every engine can iterate a `ReadableStream`. */
async function* readPieces(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array, undefined> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    // A source may fail when it is cancelled; that must not hide the reason of the cancellation.
    await reader.cancel().catch(() => undefined);
    reader.releaseLock();
  }
}
