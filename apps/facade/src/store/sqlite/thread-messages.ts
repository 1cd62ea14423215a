import { once } from "node:events";
import { parentPort, type Worker } from "node:worker_threads";

/** What asks a thread to end. */
const end = "end";

/** Calls back with each message that a thread posts. */
export function onThreadMessage(worker: Worker, listener: (message: unknown) => void): void {
  worker.on("message", (message: unknown) => {
    if (!isWatchReport(message)) listener(message);
  });
}

/**
 * Has a thread close its database and end, once it is done with what it is at. Tearing it down from outside would
 * meet it in the midst of SQLite's code. Resolves once it has ended.
 */
export async function endThread(worker: Worker): Promise<void> {
  if (worker.threadName === null) return;
  const ended = once(worker, "exit");
  worker.ref();
  worker.postMessage(end);
  await ended;
}

/** In a thread: calls back with each message, until the thread is to end; then calls `close`. */
export function onRequest(listener: (message: unknown) => void, close: () => void): void {
  parentPort?.on("message", (message: unknown) => {
    if (message !== end) {
      listener(message);
      return;
    }
    close();
    parentPort?.close();
  });
}

/** In a thread: posts a message to the thread that has started it. */
export function post(message: unknown): void {
  parentPort?.postMessage(message);
}

/** Under `node --watch` Node itself posts what a thread imports, as in `{ "watch:import": […] }`. */
function isWatchReport(message: unknown): boolean {
  if (typeof message !== "object" || message === null) return false;
  return Object.keys(message).some((name) => name.startsWith("watch:"));
}
