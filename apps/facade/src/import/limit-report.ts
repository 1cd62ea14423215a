import { graphError } from "@install-summary/core";

/** How many rows are read before other requests have their turn. */
const turn = 500;

/** Passes bytes on, and fails with a 413 `GraphError` as soon as there are more than `maxBytes`. */
export function limitBytes(stream: ReadableStream<Uint8Array>, maxBytes: number): ReadableStream<Uint8Array> {
  let bytes = 0;
  return stream.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        bytes += chunk.length;
        if (bytes > maxBytes)
          throw graphError("RequestEntityTooLarge", `The file is larger than ${maxBytes} bytes.`);
        controller.enqueue(chunk);
      },
    }),
  );
}

/** Passes rows on, and fails with a 413 `GraphError` as soon as there are more than `maxRows`. */
export async function* limitRows<Row>(
  rows: AsyncIterable<Row>,
  maxRows: number,
): AsyncGenerator<Row, undefined> {
  let count = 0;
  for await (const row of rows) {
    count += 1;
    if (count > maxRows) throw graphError("RequestEntityTooLarge", `The file has more than ${maxRows} rows.`);
    if (count % turn === 0) await new Promise(setImmediate);
    yield row;
  }
}
