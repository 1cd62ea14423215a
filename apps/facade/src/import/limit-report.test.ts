import { expect, test } from "vitest";
import { limitRows } from "./limit-report.ts";

async function* rowsAtOnce(count: number): AsyncGenerator<number, undefined> {
  for (let row = 0; row < count; row += 1) yield row;
}

test("other requests have their turn after every 200 rows, however fast the rows come", async () => {
  const done = new AbortController();
  let rows = 0;
  const reading = (async () => {
    for await (const row of limitRows(rowsAtOnce(10_000), 10_000)) rows = row + 1;
    done.abort();
  })();
  let turns = 0;
  for (; !done.signal.aborted; turns += 1) await new Promise(setImmediate);
  await reading;
  expect(rows).toBe(10_000);
  expect(turns).toBeGreaterThanOrEqual(50);
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
