/** A text piece by piece, of the sizes given; a piece may end within a character. */
export async function* textInPieces(text: string, sizes: Iterator<number>): AsyncGenerator<string> {
  for (let from = 0; from < text.length;) {
    const size = Number(sizes.next().value);
    yield text.slice(from, from + size);
    from += size;
  }
}

/** Bytes piece by piece, of the sizes given. */
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

/** All that a source has. */
export async function allOf<T>(source: AsyncIterable<T>): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const one of source) all.push(one);
  return all;
}
