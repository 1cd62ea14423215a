// Readers keep the rest of a chunk for the next one. With chunks of this size they seldom do, however small the pieces of
// the stream are.
const chunkLength = 64 * 1024;

/** Reads a stream in chunks of 64 KiB, the last one shorter. Stopping early cancels the stream. */
export async function* byteChunks(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array, undefined> {
  const reader = stream.getReader();
  let chunk = new Uint8Array(chunkLength);
  let length = 0;
  let isDone = false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      for (let from = 0; from < value.length;) {
        const part = value.subarray(from, from + chunkLength - length);
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
    isDone = true;
    if (length > 0) yield chunk.slice(0, length);
  } finally {
    // A source may fail when it is cancelled; that must not hide the reason of the cancellation.
    if (!isDone) await reader.cancel().catch(() => undefined);
    reader.releaseLock();
  }
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
