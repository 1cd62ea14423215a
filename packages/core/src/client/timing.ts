import { throwIfAborted } from "../outcome/unsent-errors.ts";

/** Waits so many milliseconds. Throws the signal's reason as soon as it is aborted. */
export async function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  throwIfAborted(signal);
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, milliseconds);
  const stop = (): void => resolve();
  signal?.addEventListener("abort", stop);
  await promise;
  clearTimeout(timer);
  signal?.removeEventListener("abort", stop);
  throwIfAborted(signal);
}

/** The result of `work`. Throws the signal's reason as soon as it is aborted. */
export async function untilAborted<Value>(
  work: () => Value | Promise<Value>,
  signal: AbortSignal | undefined,
): Promise<Value> {
  if (signal === undefined) return work();
  throwIfAborted(signal);
  const aborted = Promise.withResolvers<never>();
  const stop = (): void => aborted.reject(signal.reason);
  signal.addEventListener("abort", stop);
  try {
    return await Promise.race([work(), aborted.promise]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

/** The values one by one. Throws the signal's reason in place of the next one once it is aborted. */
export function* whileWanted<Value>(
  values: Iterable<Value>,
  signal: AbortSignal | undefined,
): Generator<Value, undefined> {
  for (const value of values) {
    signal?.throwIfAborted();
    yield value;
  }
}
