import type { Worker } from "node:worker_threads";
import * as z from "zod";
import type { CheckpointResult } from "./checkpoint-thread.ts";
import type { StartThread } from "./start-thread.ts";
import { endThread, onThreadMessage } from "./thread-messages.ts";

/** Has what was committed moved from the write-ahead log into the store's file, outside of commits. */
export interface Checkpointer {
  /** Notes about how many pages a commit has written; after enough of them a checkpoint begins. */
  note(pages: number): void;
  /**
   * A promise while commits are to wait, undefined otherwise. Commits that never pause would let the log grow for
   * ever: it is started anew only where a checkpoint has caught up with them.
   */
  pause(): Promise<void> | undefined;
  /** Ends the thread, with the checkpoint that it is at. */
  end(): Promise<void>;
}

/** Whose log is moved into its store, and when. */
export interface CheckpointerOptions {
  /** The path of the store's file. */
  readonly file: string;
  /**
   * After how many pages a checkpoint begins. A commit beside a checkpoint takes longer, so that fewer than one in a
   * hundred should meet one. @default 4096, which are 16 MiB
   */
  readonly everyPages?: number;
  /** As many pages the log may have before commits wait for a checkpoint. @default 12,288, which are 48 MiB */
  readonly maxLogPages?: number;
  readonly start?: StartThread;
}

const checkpointResult: z.ZodType<CheckpointResult> = z.object({ log: z.int(), moved: z.int() });

/** Creates a checkpointer whose thread is started with the first checkpoint, and anew after it has failed. */
export function createCheckpointer({
  file,
  everyPages = 4096,
  maxLogPages = 12_288,
  start = loadAndStart,
}: CheckpointerOptions): Checkpointer {
  let thread: Promise<Worker> | undefined;
  /** Pages that were written before the latest checkpoint began, as far as they may still be in the log. */
  let logged = 0;
  /** Pages that were written since. */
  let pages = 0;
  let isRunning = false;
  /** Whether commits have waited since the checkpoint that runs began, so that it comes to the end of the log. */
  let isLast = false;
  let isEnded = false;
  let paused: PromiseWithResolvers<void> | undefined;

  const run = (): void => {
    logged += pages;
    pages = 0;
    isRunning = true;
    isLast = paused !== undefined;
    thread ??= open();
    // A thread that cannot be started is tried again later; meanwhile commits make checkpoints at a larger size.
    void thread.then(requestCheckpoint, forget);
  };

  const runWhenDue = (): void => {
    if (!isRunning && !isEnded && pages >= everyPages) run();
  };

  const isFull = (): boolean => logged + pages > maxLogPages;

  const resume = (): void => {
    paused?.resolve();
    paused = undefined;
  };

  const forget = (): void => {
    thread = undefined;
    isRunning = false;
    logged = 0;
    resume();
  };

  const finish = ({ log, moved }: CheckpointResult): void => {
    isRunning = false;
    // The thread knows the log as it was when the checkpoint began. What came meanwhile keeps it from being started anew.
    const isCaughtUp = moved >= log && pages === 0;
    logged = isCaughtUp ? 0 : log;
    if (!isCaughtUp && !isLast && !isEnded && isFull()) {
      paused ??= Promise.withResolvers();
      run();
      return;
    }
    resume();
    runWhenDue();
  };

  const open = async (): Promise<Worker> => {
    const worker = await start(file);
    onThreadMessage(worker, (message) => {
      // The end waits for the thread.
      if (!isEnded) worker.unref();
      finish(checkpointResult.parse(message));
    });
    worker.on("error", () => undefined);
    worker.on("exit", forget);
    return worker;
  };

  return {
    note(count) {
      pages += count;
      runWhenDue();
      // A slow disk would let the log grow for as long as a checkpoint takes.
      if (isRunning && !isEnded && isFull()) paused ??= Promise.withResolvers();
    },
    pause: () => paused?.promise,
    async end() {
      isEnded = true;
      const worker = await thread?.catch(() => undefined);
      if (worker !== undefined) await endThread(worker);
    },
  };
}

/** Commits may wait for the thread, so it keeps the process alive while it works, and only then. */
function requestCheckpoint(worker: Worker): void {
  worker.ref();
  worker.postMessage("checkpoint");
}

/** Loaded on demand, so that a bundle has it beside the thread's own file. */
async function loadAndStart(file: string): Promise<Worker> {
  const { startThread } = await import("./start-thread.ts");
  return startThread("checkpoint-thread", file);
}
