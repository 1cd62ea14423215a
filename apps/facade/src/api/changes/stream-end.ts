/** The end of one stream, whatever brings it. */
export interface StreamEnd {
  /** Aborted when the stream is to end. */
  readonly stop: AbortSignal;
  /** Ends the stream, and lets go of what waits for its end. */
  readonly end: () => void;
}

/** The longest time that a timer can run. */
const maxTimer = 2 ** 31 - 1;

/**
 * Ends a stream with the service or at a time in milliseconds since 1970, such as when the caller's token expires. A
 * timer that stays until then would keep each ended stream in memory: a token may be valid for a day.
 */
export function createStreamEnd(closing: AbortSignal, endsAt = Number.POSITIVE_INFINITY): StreamEnd {
  const stopping = new AbortController();
  const left = Math.max(0, Math.min(endsAt - Date.now(), maxTimer));
  const timer = setTimeout(end, left).unref();
  closing.addEventListener("abort", end);
  if (closing.aborted) end();
  return { stop: stopping.signal, end };

  function end(): void {
    clearTimeout(timer);
    closing.removeEventListener("abort", end);
    stopping.abort();
  }
}
