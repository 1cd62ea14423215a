import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { withProgress } from "./progress.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("the line says what the work is at, and for how long", async () => {
  const written: string[] = [];
  const work = Promise.withResolvers<number>();
  const done = withProgress({ isTTY: true, write: (text) => void written.push(text) }, (say) => {
    setTimeout(() => say("1,400 apps read"), 1500);
    return work.promise;
  });
  vi.advanceTimersByTime(2000);
  expect(written).toEqual(["\r\u001b[Kwaiting for the server … 1 s", "\r\u001b[K1,400 apps read … 2 s"]);
  work.resolve(3);
  expect(await done).toBe(3);
});
