import type { Worker } from "node:worker_threads";
import { serviceFault } from "../../files/file-fault.ts";
import {
  type AppPage,
  type AppQuery,
  type ChangePage,
  type ChangeQuery,
  shuttingDown,
  unavailable,
} from "@install-summary/core/service";
import { createSearchLine, type Searcher } from "../sql/search-line.ts";
import {
  parseSearchResponse,
  type SearchFault,
  type SearchRequest,
  type SearchResponse,
} from "./search-messages.ts";
import type { StartThread } from "./start-thread.ts";
import { endThread, onThreadMessage } from "./thread-messages.ts";

/**
 * Runs searches outside of the server's thread, one of each user at a time. Users share that thread by time: a search that
 * takes longer than a turn goes on after a turn of each other user's.
 */
export interface SearchQueue {
  /** Reads a page. Rejects with a 503 while too many searches wait, and where the thread fails. */
  readPage(by: Searcher, query: AppQuery): Promise<AppPage>;
  /** The same for a page of the change log. */
  readChanges(by: Searcher, query: ChangeQuery): Promise<ChangePage>;
  /** Ends the thread. Searches that wait are rejected with a 503. */
  end(): Promise<void>;
}

/** Which store is searched, and how many searches may wait. */
export interface SearchQueueOptions {
  /** The path of the store's file. */
  readonly file: string;
  readonly maxWaiting?: number;
  readonly start?: StartThread;
}

interface RunningSearch {
  readonly stop: () => void;
  readonly succeed: (response: SearchResponse) => void;
  readonly fail: (error: unknown) => void;
}

/** How many searches, each of another user, have begun at a time: as many turns another one may wait for its own. */
const maxRunning = 32;

/** Creates a queue whose thread is started on first use, and anew after it has failed. */
export function createSearchQueue({
  file,
  maxWaiting,
  start = loadAndStart,
}: SearchQueueOptions): SearchQueue {
  const line = createSearchLine({ maxRunning, maxWaiting });
  const running = new Map<number, RunningSearch>();
  let thread: Promise<Worker> | undefined;
  let lastId = 0;
  let isEnded = false;

  const failAll = (error: unknown): void => {
    thread = undefined;
    for (const { fail } of running.values()) fail(error);
    running.clear();
  };

  const settle = (message: unknown): void => {
    const response = parseSearchResponse(message);
    const search = running.get(response.id);
    running.delete(response.id);
    if ("fault" in response) search?.fail(serviceFault(errorOf(response.fault)));
    else search?.succeed(response);
  };

  const open = async (): Promise<Worker> => {
    const worker = await start(file);
    let cause: unknown;
    onThreadMessage(worker, (message) => {
      settle(message);
      // A thread without work keeps no process alive; the end waits for it.
      if (running.size === 0 && !isEnded) worker.unref();
    });
    worker.on("error", (error) => {
      cause = error;
    });
    worker.on("exit", () => failAll(isEnded ? shuttingDown() : failed(cause)));
    return worker;
  };

  /** Hands a search to the thread. The thread stops it once `gone` is aborted, and says so. */
  const ask = async (request: SearchRequest, gone: AbortSignal): Promise<SearchResponse> => {
    const { promise: response, resolve: succeed, reject: fail } = Promise.withResolvers<SearchResponse>();
    const stop = (): void => void Atomics.store(new Int32Array(request.stop), 0, 1);
    running.set(request.id, { stop, succeed, fail });
    gone.addEventListener("abort", stop, { once: true });
    thread ??= open();
    const starting = thread;
    starting.then(
      (worker) => {
        worker.ref();
        worker.postMessage(request);
      },
      // Of several that wait for a thread, the first one fails all. Another thread may be starting by now.
      (error: unknown) => thread === starting && failAll(failed(error)),
    );
    try {
      return await response;
    } finally {
      gone.removeEventListener("abort", stop);
    }
  };

  const run = (
    by: Searcher,
    make: (from: Pick<SearchRequest, "id" | "tenantId" | "stop">) => SearchRequest,
  ): Promise<SearchResponse> =>
    line.run(by, (gone) => {
      lastId += 1;
      return ask(make({ id: lastId, tenantId: by.tenantId, stop: new SharedArrayBuffer(4) }), gone);
    });

  return {
    async readPage(by, query) {
      const response = await run(by, (from) => ({ ...from, apps: query }));
      if ("page" in response) return response.page;
      throw failed(response);
    },
    async readChanges(by, query) {
      const response = await run(by, (from) => ({ ...from, changes: query }));
      if ("changes" in response) return response.changes;
      throw failed(response);
    },
    async end() {
      isEnded = true;
      const ended = line.end();
      const worker = await thread?.catch(() => undefined);
      for (const { stop } of running.values()) stop();
      failAll(shuttingDown());
      if (worker !== undefined) await endThread(worker);
      await ended;
    },
  };
}

/** Loaded on demand, so that a bundle has it beside the thread's own file. */
async function loadAndStart(file: string): Promise<Worker> {
  const { startThread } = await import("./start-thread.ts");
  return startThread("search-thread", file);
}

function errorOf({ message, ...codes }: SearchFault): Error {
  return Object.assign(new Error(message), codes);
}

function failed(cause: unknown): Error {
  return unavailable("The search failed. Please retry again later.", 1, cause);
}
