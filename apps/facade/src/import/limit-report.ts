import type { ByteSource } from "@install-summary/core/report";
import { bytePieces, LimitError } from "@install-summary/core/service";

/** How many bytes and rows are read before other requests have their turn. */
const turn = { bytes: 16 * 1024, rows: 200 };

/**
 * Passes the bytes of files on, and fails with a 413 `GraphError` as soon as they have more than `maxBytes` together. Calls
 * back with the length of each chunk.
 */
export function limitBytes(
  sources: readonly ByteSource[],
  maxBytes: number,
  onChunk: (length: number) => void,
): readonly ByteSource[] {
  let bytes = 0;
  return sources.map((source) => limited(source));

  async function* limited(source: ByteSource): AsyncGenerator<Uint8Array, undefined> {
    for await (const chunk of bytePieces(source)) {
      bytes += chunk.length;
      onChunk(chunk.length);
      if (bytes > maxBytes)
        throw tooLarge("importBytes", `${subject(sources)} larger than ${maxBytes} bytes.`);
      // What is read at once where it is there would be read without end, also where it has no rows.
      for (let from = 0; from < chunk.length; from += turn.bytes) {
        await new Promise(setImmediate);
        yield chunk.subarray(from, from + turn.bytes);
      }
    }
  }
}

function subject(sources: readonly ByteSource[]): string {
  return sources.length === 1 ? "The file is" : "Together the files are";
}

/** Passes rows on, and fails with a 413 `GraphError` as soon as there are more than `maxRows`. */
export async function* limitRows<Row>(
  rows: AsyncIterable<Row>,
  maxRows: number,
): AsyncGenerator<Row, undefined> {
  let count = 0;
  for await (const row of rows) {
    count += 1;
    if (count > maxRows) throw tooLarge("importRows", `The file has more than ${maxRows} rows.`);
    if (count % turn.rows === 0) await new Promise(setImmediate);
    yield row;
  }
}

function tooLarge(limit: string, message: string): LimitError {
  return new LimitError({ limit, code: "RequestEntityTooLarge", message });
}
