import { graphError } from "@install-summary/core";
import type { Worker } from "node:worker_threads";
import { serviceFault } from "../../files/file-fault.ts";
import {
  busy,
  type AppPage,
  type AppQuery,
  type ChangePage,
  type ChangeQuery,
  shuttingDown,
  unavailable,
} from "@install-summary/core/service";
import {
  parseSearchResponse,
  type SearchFault,
  type SearchRequest,
  type SearchResponse,
} from "./search-messages.ts";
import type { StartThread } from "./start-thread.ts";
import { createFairLine } from "../sql/fair-line.ts";
import { onThreadMessage } from "./thread-messages.ts";

/** Who searches. */
export interface Searcher {
  readonly tenantId: string;
  readonly actor: string;
  /** Gives the signal by which a search is abandoned: it leaves the queue, or stops where it runs. */
  readonly abandoned?: (() => AbortSignal) | undefined;
}

/** Runs searches outside of the server's thread, one after the other. Those who search have their turns alternately. */
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
  /** The maximum number of searches that wait. A quarter of it is the maximum of each who searches. @default 200 */
  readonly maxWaiting?: number;
  readonly start?: StartThread;
}

interface WaitingSearch {
  readonly request: SearchRequest;
  readonly succeed: (response: SearchResponse) => void;
  readonly fail: (error: unknown) => void;
}

/** How many searches are with the thread: it begins the next one while the result of the last one is taken. */
const maxRunning = 2;

/** Creates a queue whose thread is started on first use, and anew after it has failed. */
export function createSearchQueue({
  file,
  maxWaiting = 200,
  start = loadAndStart,
}: SearchQueueOptions): SearchQueue {
  const waiting = createFairLine<WaitingSearch>();
  const running = new Map<number, WaitingSearch>();
  let waitingCount = 0;
  let thread: Promise<Worker> | undefined;
  let lastId = 0;
  let isEnded = false;

  const failAll = (error: unknown): void => {
    thread = undefined;
    for (const { fail } of [...running.values(), ...waiting.clear()]) fail(error);
    running.clear();
    waitingCount = 0;
  };

  const settle = (worker: Worker, message: unknown): void => {
    const response = parseSearchResponse(message);
    const search = running.get(response.id);
    running.delete(response.id);
    if ("fault" in response) search?.fail(serviceFault(errorOf(response.fault)));
    else search?.succeed(response);
    void beginNext();
    // A thread without work keeps no process alive; the end waits for it.
    if (running.size === 0 && !isEnded) worker.unref();
  };

  const open = async (): Promise<Worker> => {
    const worker = await start(file);
    let cause: unknown;
    onThreadMessage(worker, (message) => settle(worker, message));
    worker.on("error", (error) => {
      cause = error;
    });
    worker.on("exit", () => failAll(isEnded ? shuttingDown() : failed(cause)));
    return worker;
  };

  const beginNext = async (): Promise<void> => {
    if (running.size >= maxRunning) return;
    const next = waiting.take();
    if (next === undefined) return;
    waitingCount -= 1;
    running.set(next.request.id, next);
    thread ??= open();
    const starting = thread;
    try {
      const worker = await starting;
      worker.ref();
      worker.postMessage(next.request);
    } catch (error) {
      // Of several that wait for a thread, the first one fails all. Another thread may be starting by now.
      if (thread === starting) failAll(failed(error));
    }
  };

  /** Takes a search out of the line, or tells the thread to stop it: the next one begins when it has. */
  const abandon = (key: string, search: WaitingSearch): void => {
    if (waiting.remove(key, search)) waitingCount -= 1;
    Atomics.store(new Int32Array(search.request.stop), 0, 1);
    search.fail(callerGone());
  };

  const run = async (
    by: Searcher,
    make: (from: Pick<SearchRequest, "id" | "tenantId" | "stop">) => SearchRequest,
  ): Promise<SearchResponse> => {
    if (isEnded) throw shuttingDown();
    const abandoned = by.abandoned?.();
    if (abandoned?.aborted === true) throw callerGone();
    const key = JSON.stringify([by.tenantId, by.actor]);
    if (waitingCount >= maxWaiting || waiting.countOf(key) >= maxWaiting / 4) throw tooMany();
    lastId += 1;
    const request = make({ id: lastId, tenantId: by.tenantId, stop: new SharedArrayBuffer(4) });
    const { promise: response, resolve: succeed, reject: fail } = Promise.withResolvers<SearchResponse>();
    const search = { request, succeed, fail };
    const onGone = (): void => abandon(key, search);
    abandoned?.addEventListener("abort", onGone, { once: true });
    waiting.add(key, search);
    waitingCount += 1;
    void beginNext();
    try {
      return await response;
    } finally {
      abandoned?.removeEventListener("abort", onGone);
    }
  };

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
      await (await thread)?.terminate();
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

function callerGone(): Error {
  return graphError("BadRequest", "The caller went away before the response was ready.");
}

function tooMany(): Error {
  return busy("searches", "Too many searches are waiting. Please retry again later.", 1);
}

function failed(cause: unknown): Error {
  return unavailable("The search failed. Please retry again later.", 1, cause);
}
