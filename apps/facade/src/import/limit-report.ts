import { graphError } from "@install-summary/core";

/** How many rows are read before other requests have their turn. */
const turn = 500;

/** Passes bytes on, and fails with a 413 as soon as there are more than `most`. */
export function limitBytes(stream: ReadableStream<Uint8Array>, most: number): ReadableStream<Uint8Array> {
  let bytes = 0;
  return stream.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        bytes += chunk.length;
        if (bytes > most) throw graphError("RequestEntityTooLarge", `The file is larger than ${most} bytes.`);
        controller.enqueue(chunk);
      },
    }),
  );
}

/** Passes rows on, and fails with a 413 as soon as there are more than `most`. */
export async function* limitRows<Row>(
  rows: AsyncIterable<Row>,
  most: number,
): AsyncGenerator<Row, undefined> {
  let count = 0;
  for await (const row of rows) {
    count += 1;
    if (count > most) throw graphError("RequestEntityTooLarge", `The file has more than ${most} rows.`);
    if (count % turn === 0) await new Promise(setImmediate);
    yield row;
  }
}
