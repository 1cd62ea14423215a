/** The chunks of a stream, empty ones left out. Whoever stops early cancels the stream. */
export async function* byteChunks(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array, undefined> {
  const reader = stream.getReader();
  let done = false;
  try {
    for (;;) {
      const result = await reader.read();
      if (result.done) break;
      if (result.value.length > 0) yield result.value;
    }
    done = true;
  } finally {
    // A cancelled source may fail in its own way; that must not hide why it was cancelled.
    if (!done) await reader.cancel().catch(() => undefined);
    reader.releaseLock();
  }
}

/** The chunks of a source, and its first bytes, at least `least` where there are so many. */
export async function peek(
  chunks: AsyncGenerator<Uint8Array, undefined>,
  least: number,
): Promise<{ readonly start: Uint8Array; readonly chunks: AsyncGenerator<Uint8Array, undefined> }> {
  let start = new Uint8Array();
  while (start.length < least) {
    const { done, value } = await chunks.next();
    if (done === true) break;
    const longer = new Uint8Array(start.length + value.length);
    longer.set(start);
    longer.set(value, start.length);
    start = longer;
  }
  return { start, chunks: again() };

  async function* again(): AsyncGenerator<Uint8Array, undefined> {
    if (start.length > 0) yield start;
    yield* chunks;
  }
}
