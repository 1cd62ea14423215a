import type { Worker } from "node:worker_threads";

/** Calls back with each message that a thread posts. */
export function onThreadMessage(worker: Worker, listener: (message: unknown) => void): void {
  worker.on("message", (message: unknown) => {
    if (!isWatchReport(message)) listener(message);
  });
}

/** Under `node --watch` Node itself posts what a thread imports, as in `{ "watch:import": […] }`. */
function isWatchReport(message: unknown): boolean {
  if (typeof message !== "object" || message === null) return false;
  return Object.keys(message).some((name) => name.startsWith("watch:"));
}
