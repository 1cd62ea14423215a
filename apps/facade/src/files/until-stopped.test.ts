import { expect, test } from "vitest";
import { untilStopped } from "./until-stopped.ts";

const never = new Promise<never>(() => undefined);

test("work that ends gives its result or its error", async () => {
  const { signal } = new AbortController();
  expect(await untilStopped(Promise.resolve(7), signal)).toBe(7);
  await expect(untilStopped(Promise.reject(new Error("broken")), signal)).rejects.toThrow("broken");
});

test("work that does not end is left alone once it is stopped, before or meanwhile", async () => {
  const stop = new AbortController();
  const waiting = untilStopped(never, stop.signal);
  stop.abort(new Error("stopped"));
  await expect(waiting).rejects.toThrow("stopped");
  await expect(untilStopped(never, stop.signal)).rejects.toThrow("stopped");
});
