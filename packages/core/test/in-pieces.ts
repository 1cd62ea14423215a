/** A text in pieces of the given sizes in bytes; a piece can end inside a character. */
export async function* textInPieces(text: string, sizes: Iterator<number>): AsyncGenerator<string> {
  for (let from = 0; from < text.length;) {
    const size = Number(sizes.next().value);
    yield text.slice(from, from + size);
    from += size;
  }
}

/** Bytes in pieces of the given sizes. */
export async function* bytesInPieces(
  bytes: Uint8Array,
  sizes: Iterator<number>,
): AsyncGenerator<Uint8Array, undefined> {
  for (let from = 0; from < bytes.length;) {
    const size = Number(sizes.next().value);
    yield bytes.slice(from, from + size);
    from += size;
  }
}

/** All items of a source. */
export async function allOf<T>(source: AsyncIterable<T>): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const one of source) all.push(one);
  return all;
}
