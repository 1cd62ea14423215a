import { onNpxEnd } from "./npx-watch.ts";

/**
 * Calls `stop` on each request to end this process: one of the signals, or the end of the npx that started it. Returns
 * a function that lets signals end the process at once again.
 */
export function onStop(
  signals: readonly NodeJS.Signals[],
  stop: (signal: NodeJS.Signals) => void,
): () => void {
  for (const signal of signals) process.on(signal, stop);
  onNpxEnd(() => stop("SIGTERM"));
  return () => {
    for (const signal of signals) process.off(signal, stop);
  };
}
