/**
 * The result of work that may wait for ever, such as for the other end of a pipe, or for a drive whose server is gone. Once
 * `stop` is aborted its reason is thrown, and the work is left alone: no one can end it.
 */
export async function untilStopped<Value>(work: Promise<Value>, stop: AbortSignal): Promise<Value> {
  const stopped = Promise.withResolvers<never>();
  const end = (): void => stopped.reject(stop.reason);
  stop.addEventListener("abort", end);
  if (stop.aborted) end();
  try {
    return await Promise.race([stopped.promise, work]);
  } finally {
    stop.removeEventListener("abort", end);
  }
}
