import { expect, test } from "vitest";
import { limitBytes, limitRows } from "./limit-report.ts";

async function* rowsAtOnce(count: number): AsyncGenerator<number, undefined> {
  for (let row = 0; row < count; row += 1) yield row;
}

/** Reads a source to its end, and counts the turns that other work had meanwhile. */
async function readAll<Item>(source: AsyncIterable<Item> | ReadableStream<Item>) {
  const items: Item[] = [];
  const done = new AbortController();
  const reading = (async () => {
    for await (const item of source) items.push(item);
    done.abort();
  })();
  let turns = 0;
  for (; !done.signal.aborted; turns += 1) await new Promise(setImmediate);
  await reading;
  return { items, turns };
}

async function* piecesAtOnce(piece: Uint8Array, count: number): AsyncGenerator<Uint8Array, undefined> {
  for (let index = 0; index < count; index += 1) yield piece;
}

test("other requests have their turn after every 200 rows, however fast the rows come", async () => {
  const { items, turns } = await readAll(limitRows(rowsAtOnce(10_000), 10_000));
  expect(items).toHaveLength(10_000);
  expect(turns).toBeGreaterThanOrEqual(50);
});

test("other requests have their turn after every 16 KiB, however fast and in whatever pieces they come", async () => {
  const piece = Uint8Array.from({ length: 100_000 }, (_, at) => at);
  const [source = piecesAtOnce(piece, 0)] = limitBytes([piecesAtOnce(piece, 10)], 1_000_000, () => undefined);
  const { items, turns } = await readAll(source);
  expect(Buffer.concat(items)).toEqual(Buffer.concat(Array.from({ length: 10 }, () => piece)));
  expect(Math.max(...items.map((item) => item.length))).toBe(16 * 1024);
  expect(turns).toBeGreaterThanOrEqual(70);
});

test("one row too many is refused", async () => {
  const read: number[] = [];
  const reading = (async () => {
    for await (const row of limitRows(rowsAtOnce(4), 3)) read.push(row);
  })();
  await expect(reading).rejects.toMatchObject({
    status: 413,
    message: "The file has more than 3 rows.",
  });
  expect(read).toEqual([0, 1, 2]);
});
