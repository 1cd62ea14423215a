import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createTurns } from "./turns.ts";

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

test("who waits is told that a later task takes too long, also where another was done meanwhile", async () => {
  const turns = createTurns(5000);
  const first = Promise.withResolvers<void>();
  const told = vi.fn<() => void>();
  void turns.take(() => first.promise, told);
  await vi.advanceTimersByTimeAsync(3000);
  const never = Promise.withResolvers<void>();
  const late = vi.fn<() => void>();
  void turns.take(() => never.promise, late);
  const waited = vi.fn<() => void>();
  void turns.late().then(waited);
  first.resolve();
  await vi.advanceTimersByTimeAsync(4000);
  expect([told, late, waited].map((one) => one.mock.calls.length)).toEqual([0, 0, 0]);
  await vi.advanceTimersByTimeAsync(1000);
  expect([told, late, waited].map((one) => one.mock.calls.length)).toEqual([0, 1, 1]);
});

test("something takes too long until all of it is done", async () => {
  const turns = createTurns(5000);
  const [first, second] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const done = [
    turns.take(
      () => first.promise,
      () => {},
    ),
    turns.take(
      () => second.promise,
      () => {},
    ),
  ];
  await vi.advanceTimersByTimeAsync(5000);
  first.resolve();
  await done[0];
  const [during, after] = [vi.fn<() => void>(), vi.fn<() => void>()];
  void turns.late().then(during);
  second.resolve();
  await done[1];
  void turns.late().then(after);
  await vi.advanceTimersByTimeAsync(0);
  expect([during, after].map((one) => one.mock.calls.length)).toEqual([1, 0]);
});
