import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { withProgress } from "./progress.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function terminal(isTTY: boolean): {
  readonly isTTY: boolean;
  readonly written: string[];
  write(text: string): void;
} {
  const written: string[] = [];
  return { isTTY, written, write: (text) => void written.push(text) };
}

test("work over a second is shown in one line that goes away with it", async () => {
  const output = terminal(true);
  const work = Promise.withResolvers<number>();
  const done = withProgress(output, (say) => {
    say("1,400 apps read");
    return work.promise;
  });
  vi.advanceTimersByTime(999);
  expect(output.written).toEqual([]);
  vi.advanceTimersByTime(1001);
  expect(output.written).toEqual(["\r\u001b[K1,400 apps read … 1 s", "\r\u001b[K1,400 apps read … 2 s"]);
  work.resolve(3);
  expect(await done).toBe(3);
  expect(output.written.at(-1)).toBe("\r\u001b[K");
});

test("without a terminal nothing is shown", async () => {
  const output = terminal(false);
  const work = Promise.withResolvers<void>();
  const done = withProgress(output, () => work.promise);
  vi.advanceTimersByTime(5000);
  work.resolve();
  await done;
  expect(output.written).toEqual([]);
});

test("quick work shows nothing, and its error passes through", async () => {
  const output = terminal(true);
  await expect(withProgress(output, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(output.written).toEqual([]);
});
