import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { History } from "../history/history.ts";
import { createRecorder, type FollowRecorder } from "../history/recorder.ts";
import { batchApps } from "./batch-apps.ts";
import { createCaller, type CallerOptions } from "./caller.ts";
import { changesPageSchema } from "./change-schema.ts";
import { followPages, type Follower } from "./follow-pages.ts";
import { followStream } from "./follow-stream.ts";
import { createApps, importApps } from "./import-apps.ts";
import { incrementApps, patchApps } from "./patch-apps.ts";
import { listApps, readApps } from "./read-apps.ts";
import type { Step, Worker } from "./worker.ts";

/** How many workers of each kind a load has. */
export interface LoadWorkers {
  /** Send a PATCH without `If-Match`. */
  readonly patches: number;
  /** Read an app, and send a PATCH with `If-Match`. */
  readonly increments: number;
  readonly batches: number;
  readonly imports: number;
  readonly reads: number;
  readonly lists: number;
  /** Follow the log by pages and by a stream of events. */
  readonly pages: number;
  readonly streams: number;
}

/** Where a load goes, and how large it is. */
export interface LoadOptions extends Pick<CallerOptions, "targets" | "token"> {
  /** Milliseconds after which a response is waited for no longer. @default 10_000 */
  readonly timeout?: number;
  /** How many apps it makes and changes. @default 20 */
  readonly apps?: number;
  readonly workers?: Partial<LoadWorkers>;
}

/** A load that is running. It ends with its scope at the latest, as when it is abandoned. */
export interface Load extends AsyncDisposable {
  /** All that was sent and seen so far. */
  readonly history: History;
  /** Resolves once so many further changes are acknowledged. Rejects where that takes minutes, or a worker has failed. */
  acknowledged(count: number): Promise<void>;
  /** Ends it where no facade will serve any more. */
  abandon(): Promise<void>;
  /**
   * Ends it: what is under way gets its response, what callers gave up is carried out, and the readers of the log read to its
   * end.
   */
  stop(): Promise<History>;
}

const defaultWorkers: LoadWorkers = {
  patches: 6,
  increments: 4,
  batches: 2,
  imports: 1,
  reads: 2,
  lists: 1,
  pages: 1,
  streams: 1,
};

/** How long changes may take to be acknowledged, in milliseconds: long enough for a machine that is busy. */
const maxWait = 180_000;
/** How long the first and the last import, and the readers of the log at the end, may take, in milliseconds. */
const maxEnd = 30_000;

/**
 * Makes apps of its own in the tenant of a token, and then changes and reads them from many sides until it is stopped.
 * It goes on through every error of the service, and throws only where a response cannot be read.
 */
export async function startLoad({
  targets,
  token,
  timeout = 10_000,
  apps: count = 20,
  workers: chosen = {},
}: LoadOptions): Promise<Load> {
  const counts = { ...defaultWorkers, ...chosen };
  const recorder = createRecorder();
  const apps = Array.from({ length: count }, () => randomUUID());
  const stopping = new AbortController();
  let place = 0;
  const newWorker = (patience = timeout): Worker => ({
    recorder,
    apps,
    caller: createCaller({ targets, token, timeout: patience, note: recorder.addResponse }, (place += 1)),
  });

  if (!(await createApps(newWorker(maxEnd)))) throw new Error("The apps of the load could not be imported.");
  const begin = await findEnd(newWorker(maxEnd));

  const repeat = async (step: Step): Promise<void> => {
    const worker = newWorker();
    while (!stopping.signal.aborted) await step(worker);
  };
  const steps: readonly (readonly [number, Step])[] = [
    [counts.patches, patchApps],
    [counts.increments, incrementApps],
    [counts.batches, batchApps],
    [counts.imports, importApps],
    [counts.reads, readApps],
    [counts.lists, listApps],
  ];
  const pageReaders = many(counts.pages, (number) => {
    const followed = recorder.follow(`by pages ${number}`, count);
    return { followed, follower: followPages(newWorker(), followed, begin) };
  });
  const streams = new AbortController();
  const streamReaders = many(counts.streams, (number) => {
    const followed = recorder.follow(`by stream ${number}`, count);
    return { followed, ended: followStream(newWorker(), followed, begin, streams.signal) };
  });
  const requests = steps.flatMap(([length, step]) => many(length, () => repeat(step)));
  const paging = pageReaders.map(async ({ follower }) => {
    while (!stopping.signal.aborted) if (await follower.step()) await wait(5);
  });
  const failed = Promise.all([...requests, ...paging, ...streamReaders.map(({ ended }) => ended)]);
  // It is told by whatever is waited for next.
  failed.catch(() => undefined);

  const abandon = async (): Promise<void> => {
    stopping.abort();
    streams.abort();
    await failed;
  };

  // A tenant has one import at a time: once another one is through, all that callers gave up was carried out before it.
  const carriedOut = async (): Promise<void> => {
    const last = newWorker(maxEnd);
    const deadline = performance.now() + maxEnd;
    while (!(await createApps(last))) {
      if (performance.now() > deadline) throw new Error("What callers gave up was not carried out in time.");
    }
  };

  return {
    history: recorder.history,
    async acknowledged(more) {
      const waiting = new AbortController();
      const late = wait(maxWait, undefined, { signal: waiting.signal }).then(() => {
        throw new Error(`${more} changes were not acknowledged within ${maxWait / 1000} seconds.`);
      });
      late.catch(() => undefined);
      await Promise.race([recorder.acknowledged(more), failed, late]).finally(() => waiting.abort());
    },
    abandon,
    async stop() {
      stopping.abort();
      await Promise.all([...requests, ...paging]);
      if (recorder.history.changes.some(({ told }) => told.endsWith("timeout"))) await carriedOut();
      const deadline = performance.now() + maxEnd;
      for (const { follower, followed } of pageReaders) await readToEnd(follower, followed, deadline);
      const expected = Math.max(0, ...pageReaders.map(({ followed }) => followed.count()));
      for (const { followed } of streamReaders) {
        while (followed.count() < expected && performance.now() < deadline) await wait(5);
        followed.complete();
      }
      streams.abort();
      await failed;
      return recorder.history;
    },
    // How a worker failed is told by what was waited for.
    [Symbol.asyncDispose]: () => abandon().catch(() => undefined),
  };
}

function many<Item>(length: number, make: (number: number) => Item): readonly Item[] {
  return Array.from({ length }, (_, index) => make(index + 1));
}

/** The cursor behind the last change of the log. */
async function findEnd({ caller }: Worker): Promise<string | undefined> {
  const { status, text, told } = await caller.send({ method: "GET", path: "/api/changes?order=desc&top=1" });
  if (status !== 200 || text === undefined) throw new Error(`The change log could not be read: ${told}.`);
  return changesPageSchema.partial({ next: true }).parse(JSON.parse(text)).value[0]?.cursor;
}

async function readToEnd(follower: Follower, followed: FollowRecorder, deadline: number): Promise<void> {
  while (!(await follower.step()) && performance.now() < deadline);
  followed.complete();
}
