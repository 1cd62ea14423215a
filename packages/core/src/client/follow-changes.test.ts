import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { graphError } from "../http/graph-error.ts";
import { followChanges } from "./follow-changes.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test.each([
  ["back", -86_400_000],
  ["ahead", 86_400_000],
])("a clock that is set %s does not change when a stream is asked for again", async (_, milliseconds) => {
  const stop = new AbortController();
  let opened = 0;
  const source = {
    readPage: () => Promise.resolve({ changes: [], next: undefined, isOlderRemoved: false }),
    open() {
      opened += 1;
      return Promise.reject(graphError("ResourceNotFound", "No stream."));
    },
  };
  const next = followChanges(source, undefined, { every: 1000, signal: stop.signal }).next();
  await vi.advanceTimersByTimeAsync(0);
  expect(opened).toBe(1);
  vi.setSystemTime(Date.now() + milliseconds);
  await vi.advanceTimersByTimeAsync(58_000);
  expect(opened).toBe(1);
  await vi.advanceTimersByTimeAsync(3000);
  expect(opened).toBe(2);
  stop.abort(new Error("over"));
  await expect(next).rejects.toThrow("over");
});
