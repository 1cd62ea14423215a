import { Worker } from "node:worker_threads";
import type { SearchThreadData } from "./search-thread.ts";

/** Starts the thread of `search-thread`, as a source or as what it was built into. */
export function startSearchThread(data: SearchThreadData): Worker {
  const isSource = import.meta.url.endsWith(".ts");
  return new Worker(new URL(isSource ? "./search-thread.ts" : "./search-thread.js", import.meta.url), {
    workerData: data,
    // Sources import the sources of the workspace, whichever options this process was started with.
    ...(isSource && { execArgv: ["--conditions=@install-summary/source"] }),
  });
}
