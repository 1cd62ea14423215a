import { Worker } from "node:worker_threads";

/** What every thread of a store is started with. */
export interface ThreadData {
  /** The path of the store's file. */
  readonly file: string;
}

/** Starts a thread that lies beside this module, as a source or as what the source was built into. */
export function startThread(name: "search-thread" | "checkpoint-thread", data: ThreadData): Worker {
  const isSource = import.meta.url.endsWith(".ts");
  return new Worker(new URL(`./${name}.${isSource ? "ts" : "js"}`, import.meta.url), {
    workerData: data,
    // Sources import the sources of the workspace, whichever options this process was started with.
    ...(isSource && { execArgv: ["--conditions=@install-summary/source"] }),
  });
}
