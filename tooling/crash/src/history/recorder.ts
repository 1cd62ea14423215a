import type { FollowedChange, FollowedLog, History, Moment, SeenApp, SentChange } from "./history.ts";

/** Where a load writes down what it sends and sees. */
export interface Recorder {
  /** All that was recorded so far; it grows. */
  readonly history: History;
  /** A stamp that no other change has. */
  nextStamp(): number;
  /** Counts what came back. */
  readonly addResponse: (told: string) => void;
  addChange(change: SentChange): void;
  addSeen(seen: SeenApp): void;
  /** Begins to record what a reader follows of the log behind so many changes of the load's apps. */
  follow(name: string, begin: number): FollowRecorder;
  /** Resolves once so many further changes are acknowledged. */
  acknowledged(count: number): Promise<void>;
}

/** Where one reader of the log writes down what it gets. */
export interface FollowRecorder {
  add(change: FollowedChange): void;
  /** Notes that a look which began at `start` came to the end of the log. */
  addEnd(start: Moment): void;
  /** Notes that the reader read to the end after the last change. */
  complete(): void;
  readonly count: () => number;
}

/** Creates a recorder without any record. */
export function createRecorder(): Recorder {
  const changes: SentChange[] = [];
  const seen: SeenApp[] = [];
  const followed: FollowedLog[] = [];
  const responses = new Map<string, number>();
  let stamp = 0;
  let acknowledged = 0;
  let waiting: { readonly count: number; readonly resolve: () => void }[] = [];
  return {
    history: { changes, seen, followed, responses },
    nextStamp: () => (stamp += 1),
    addResponse: (told) => void responses.set(told, (responses.get(told) ?? 0) + 1),
    addSeen: (one) => void seen.push(one),
    addChange(change) {
      changes.push(change);
      if (change.outcome !== "acknowledged") return;
      acknowledged += 1;
      for (const { count, resolve } of waiting) if (acknowledged >= count) resolve();
      waiting = waiting.filter(({ count }) => acknowledged < count);
    },
    follow(name, begin) {
      const log: FollowedChange[] = [];
      const ends: FollowedLog["ends"][number][] = [];
      const reader = { name, begin, changes: log, ends, isComplete: false };
      followed.push(reader);
      return {
        add: (change) => void log.push(change),
        addEnd: (start) => void ends.push({ start, count: log.length }),
        complete: () => void (reader.isComplete = true),
        count: () => log.length,
      };
    },
    acknowledged(count) {
      const { promise, resolve } = Promise.withResolvers<void>();
      waiting.push({ count: acknowledged + count, resolve });
      return promise;
    },
  };
}
