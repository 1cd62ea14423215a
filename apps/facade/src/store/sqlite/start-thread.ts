import { Worker } from "node:worker_threads";

/** Starts a thread of a store, with the path of the store's file as its only argument. */
export type StartThread = (file: string) => Promise<Worker>;

/** Starts a thread that lies beside this module, as a source or as what the source was built into. */
export function startThread(name: "search-thread" | "checkpoint-thread", file: string): Worker {
  const isSource = import.meta.url.endsWith(".ts");
  return new Worker(new URL(`./${name}.${isSource ? "ts" : "js"}`, import.meta.url), {
    argv: [file],
    // Sources import the sources of the workspace, whichever options this process was started with.
    ...(isSource && { execArgv: ["--conditions=@install-summary/source"] }),
  });
}
