import { expect, test } from "vitest";
import { fourAtOnce } from "./four-at-once.ts";

test("no more than four requests are open, and the responses are in the order of the items", async () => {
  const open: (() => void)[] = [];
  let said = 0;
  const results = fourAtOnce(
    [0, 1, 2, 3, 4, 5],
    (item) => new Promise<number>((resolve) => void open.push(() => resolve(item * 10))),
    () => {
      said += 1;
    },
  );
  expect(open).toHaveLength(4);
  for (const respond of open.splice(0).toReversed()) respond();
  await expect.poll(() => open.length).toBe(2);
  expect(said).toBe(1);
  for (const respond of open) respond();
  expect(await results).toEqual([0, 10, 20, 30, 40, 50]);
  expect(said).toBe(2);
});

test("the error of a request is thrown, and no further ones are made", async () => {
  const asked: number[] = [];
  const ask = async (item: number): Promise<void> => {
    asked.push(item);
    if (item === 1) throw new Error("unavailable");
  };
  await expect(fourAtOnce([0, 1, 2, 3, 4], ask)).rejects.toThrow("unavailable");
  expect(asked).toEqual([0, 1, 2, 3]);
});
