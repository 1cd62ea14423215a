import { getEventListeners } from "node:events";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createStreamEnd } from "./stream-end.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const day = 86_400_000;

test.each(["with the service", "by the receiver", "in time"])(
  "nothing waits for the end of a stream that ended %s",
  (way) => {
    const service = new AbortController();
    const { stop, end } = createStreamEnd(service.signal, Date.now() + day);
    expect(stop.aborted).toBe(false);
    expect(vi.getTimerCount()).toBe(1);

    if (way === "with the service") service.abort();
    else if (way === "by the receiver") end();
    else vi.advanceTimersByTime(day);

    expect(stop.aborted).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
    expect(getEventListeners(service.signal, "abort")).toEqual([]);
  },
);

test("a stream of a service that ends already, or of a token that has expired, ends at once", () => {
  expect(createStreamEnd(AbortSignal.abort()).stop.aborted).toBe(true);
  const { stop } = createStreamEnd(new AbortController().signal, Date.now() - 1);
  vi.advanceTimersByTime(0);
  expect(stop.aborted).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
});

test("a time further away than a timer can run does not end a stream at once", () => {
  const { stop, end } = createStreamEnd(new AbortController().signal, Date.now() + 400 * day);
  vi.advanceTimersByTime(day);
  expect(stop.aborted).toBe(false);
  end();
});
