import { busy, shuttingDown } from "@install-summary/core/service";
import { callerKey, createShares, type UsedUp } from "../../shares/shares.ts";

/** A write that can wait. */
export interface WaitingWrite {
  readonly tenantId: string;
  /** Who makes it; absent where the service does. */
  readonly actor?: string;
  readonly fail: (error: unknown) => void;
}

/** Commits what arrives at the same time together, so that many changes share one wait for the disk. */
export interface GroupCommit<Write extends WaitingWrite> {
  /** Queues a write for the next group, or fails it with a 503. */
  add(write: Write): void;
  /** Refuses further writes and resolves once those that were accepted are settled. */
  end(): Promise<void>;
}

/** How groups are run, and how many writes may wait for one. */
export interface GroupCommitOptions<Write extends WaitingWrite> {
  /**
   * Runs one transaction. It calls `take` once it may write, so that whatever arrived in the meantime comes along,
   * and settles every write that it took. What it throws or rejects with fails the writes that still wait. A promise
   * means that the transaction goes on; the next one begins when it is settled.
   */
  readonly run: (take: () => readonly Write[]) => Promise<void> | undefined;
  /** The maximum number of writes that wait; the next one is refused. Half of it is the maximum of each who writes. */
  readonly maxWaiting: number;
}

/** Creates a queue that knows no database. */
export function createGroupCommit<Write extends WaitingWrite>({
  run,
  maxWaiting,
}: GroupCommitOptions<Write>): GroupCommit<Write> {
  const shares = createShares({ max: maxWaiting, maxOfEach: Math.ceil(maxWaiting / 2) });
  let waiting: Write[] = [];
  let isScheduled = false;
  let isRunning = false;
  let isEnded = false;
  const whenIdle: (() => void)[] = [];

  const take = (): readonly Write[] => {
    const group = waiting;
    waiting = [];
    for (const write of group) shares.add(keyOf(write), -1);
    return group;
  };

  const failWaiting = (error: unknown): void => {
    for (const write of take()) write.fail(error);
  };

  // Requests that are read in one turn of the event loop make one group. To commit at once where only one write
  // waits would make groups of one: sockets are handed over one at a time.
  const schedule = (): void => {
    if (isScheduled || isRunning) return;
    isScheduled = true;
    setImmediate(commit);
  };

  const goOn = (): void => {
    isRunning = false;
    if (waiting.length > 0) schedule();
    else for (const resolve of whenIdle.splice(0)) resolve();
  };

  const commit = (): void => {
    isScheduled = false;
    isRunning = true;
    try {
      const running = run(take);
      if (running === undefined) goOn();
      else void running.catch(failWaiting).then(goOn);
    } catch (error) {
      failWaiting(error);
      goOn();
    }
  };

  return {
    add(write) {
      if (isEnded) return write.fail(shuttingDown());
      const key = keyOf(write);
      const usedUp = shares.usedUp(key);
      if (usedUp !== undefined) return write.fail(tooMany(usedUp));
      shares.add(key, 1);
      waiting.push(write);
      schedule();
    },
    end() {
      isEnded = true;
      if (!isScheduled && !isRunning) return Promise.resolve();
      return new Promise((resolve) => void whenIdle.push(resolve));
    },
  };
}

function keyOf({ tenantId, actor = "" }: WaitingWrite): string {
  return callerKey({ tenantId, actor });
}

function tooMany(usedUp: UsedUp): Error {
  const changes = usedUp === "own" ? "of your changes" : "changes";
  return busy("writes", `Too many ${changes} are waiting. Please retry again later.`, 1);
}
