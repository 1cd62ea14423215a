import { expect, test } from "vitest";
import { DamagedFile } from "./sqlite-codes.ts";
import { whenReadable } from "./when-free.ts";

const malformed = Object.assign(new Error("database disk image is malformed"), { errcode: 11 });
const busy = Object.assign(new Error("database is locked"), { errcode: 5 });

/** An action that throws these errors one after the other, and then returns how often it was called. */
function failing(...errors: readonly Error[]): () => number {
  let calls = 0;
  return () => {
    const error = errors[calls];
    calls += 1;
    if (error !== undefined) throw error;
    return calls;
  };
}

test("what looks damaged once was a page that the disk could not give for a moment", async () => {
  expect(await whenReadable(failing(malformed))).toBe(2);
  expect(await whenReadable(failing(busy, malformed, busy))).toBe(4);
});

test("what looks damaged twice is damaged, and so is at once what this program found", async () => {
  await expect(whenReadable(failing(malformed, malformed))).rejects.toBe(malformed);
  const found = new DamagedFile("no counters");
  await expect(whenReadable(failing(found))).rejects.toBe(found);
});
