import { onNpxEnd } from "./npx-watch.ts";

/**
 * Calls `stop` whenever somebody asks this process to end, by one of the signals or by ending the npx above it;
 * gives what lets signals end it at once again.
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
