import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { withProgress, type ProgressOutput } from "./progress.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

interface Screen extends ProgressOutput {
  readonly written: string[];
}

function terminal(isTTY: boolean, columns = 80): Screen {
  const written: string[] = [];
  return { isTTY, columns, written, write: (text) => void written.push(text) };
}

test("work over a second is shown in one line that goes away with it", async () => {
  const output = terminal(true);
  const work = Promise.withResolvers<number>();
  let rows = 0;
  const done = withProgress(
    output,
    () => `${rows} rows`,
    () => work.promise,
  );
  vi.advanceTimersByTime(999);
  expect(output.written).toEqual([]);
  rows = 1400;
  vi.advanceTimersByTime(1);
  rows = 2800;
  vi.advanceTimersByTime(1000);
  expect(output.written).toEqual(["\r\u001b[K1400 rows", "\r\u001b[K2800 rows"]);
  work.resolve(3);
  expect(await done).toBe(3);
  expect(output.written.at(-1)).toBe("\r\u001b[K");
});

test("a narrow terminal gets the beginning of the line", async () => {
  const output = terminal(true, 6);
  const work = Promise.withResolvers<void>();
  const done = withProgress(
    output,
    () => "1400 rows",
    () => work.promise,
  );
  vi.advanceTimersByTime(1000);
  expect(output.written).toEqual(["\r\u001b[K1400 "]);
  work.resolve();
  await done;
});

test("without a terminal nothing is shown", async () => {
  const output = terminal(false);
  const work = Promise.withResolvers<void>();
  const done = withProgress(
    output,
    () => "rows",
    () => work.promise,
  );
  vi.advanceTimersByTime(5000);
  work.resolve();
  await done;
  expect(output.written).toEqual([]);
});

test("without an output the work is done all the same", async () => {
  expect(await withProgress(undefined, vi.fn(), async () => 3)).toBe(3);
});

test("quick work shows nothing, and its error passes through", async () => {
  const output = terminal(true);
  const failing = withProgress(
    output,
    () => "rows",
    () => Promise.reject(new Error("no")),
  );
  await expect(failing).rejects.toThrow("no");
  expect(output.written).toEqual([]);
});
