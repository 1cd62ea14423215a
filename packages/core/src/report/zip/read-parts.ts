import type { Reader } from "@zip.js/zip.js/lib/zip-core-reader.js";

/**
 * Reads bytes that are held in parts, all as long as the first but the last. Bytes that are put together first, which zip.js
 * does with a stream, hold up everything else for as long as it takes to copy them.
 */
export function readParts(parts: readonly Uint8Array[], size: number): Reader<unknown> {
  const partLength = parts[0]?.length ?? 1;

  const readUint8Array = (index: number, length: number): Promise<Uint8Array> => {
    const found = new Uint8Array(Math.max(0, Math.min(length, size - index)));
    for (let done = 0; done < found.length;) {
      const part = partAt(index + done, found.length - done);
      found.set(part, done);
      done += part.length;
    }
    return Promise.resolve(found);
  };

  const createReadable: Reader<unknown>["createReadable"] = ({ offset = 0, size: wanted = size } = {}) => {
    let at = offset;
    const end = Math.min(size, offset + wanted);
    return new ReadableStream({
      pull(controller) {
        const part = partAt(at, end - at).slice();
        at += part.length;
        if (part.length > 0) controller.enqueue(part);
        if (at >= end) controller.close();
      },
    });
  };

  return { size, readUint8Array, createReadable, readable: createReadable() };

  /** What one part has from a place on, up to a length. */
  function partAt(index: number, length: number): Uint8Array {
    const from = index % partLength;
    return (parts[Math.floor(index / partLength)] ?? new Uint8Array()).subarray(from, from + length);
  }
}
