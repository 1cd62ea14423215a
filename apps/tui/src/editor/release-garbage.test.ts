import { expect, test } from "vitest";
import { releaseGarbage } from "./release-garbage.ts";

test("what is no longer used takes no memory any more", () => {
  let used: unknown[] | undefined = Array.from({ length: 1_000_000 }, (_, index) => ({ index }));
  const before = process.memoryUsage().heapUsed;
  expect(used).toHaveLength(1_000_000);
  used = undefined;
  releaseGarbage();
  expect(process.memoryUsage().heapUsed).toBeLessThan(before - 20_000_000);
});
