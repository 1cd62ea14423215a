/** Turns of the event loop that stay short, however much is to be done. */
export interface LoopTurns {
  /**
   * Does a piece of work: at once where this turn has time left, which is told by true, else in a later turn. Those of one
   * key wait behind each other, and the keys alternate: who sends much waits for itself. Only what waits is asked for its key.
   */
  take(key: () => string, work: () => void): boolean;
  /** Does a piece of work behind what waits: one of many that are asked for together. */
  queue(key: string, work: () => void): void;
  /** Is told of each new connection: more of them may wait, of which each turn takes one. */
  noteConnection(): void;
}

/** Does an action in a turn, and gives its result. */
export function inTurn<Result>(
  turns: LoopTurns,
  key: string,
  action: () => Promise<Result>,
): Promise<Result> {
  // What an action throws at once is the rejection of its promise too.
  const start = async (): Promise<Result> => action();
  return new Promise((resolve) =>
    turns.take(
      () => key,
      () => resolve(start()),
    ),
  );
}

/** How turns are measured. */
export interface TurnOptions {
  /** Milliseconds after which a turn begins no further piece of work. */
  readonly turnMs?: number;
  /** Milliseconds for which all work waits at most while each turn brings another connection. */
  readonly holdMs?: number;
  readonly now?: () => number;
}

/** How many pieces of work that waited are begun in one turn at most. */
const maxPieces = 128;

/**
 * Makes the turns. A probe, which waits for no turn of its own, is accepted and read within two or three of them. A piece is not
 * divided, so that a turn is as long as its last piece makes it.
 */
export function createLoopTurns({
  turnMs = 10,
  holdMs = 20,
  now = () => performance.now(),
}: TurnOptions = {}): LoopTurns {
  /** The work that waits, by key; the first key is the next one. */
  const waiting = new Map<string, (() => void)[]>();
  let size = 0;
  let isCounted = false;
  let begun = 0;
  /** When the last piece that waited was begun, or the first one began to wait. */
  let last = 0;
  /** 2 where this turn has brought a connection: then the next one may bring another that came together with it. */
  let arriving = 0;
  let isHeld = false;

  return {
    take(key, work) {
      count();
      const isFree = size === 0 && arriving === 0 && now() - begun < turnMs;
      if (isFree) work();
      else queue(key(), work);
      return isFree;
    },
    queue,
    noteConnection() {
      count();
      arriving = 2;
    },
  };

  function queue(key: string, work: () => void): void {
    count();
    if (size === 0) last = now();
    const works = waiting.get(key);
    if (works === undefined) waiting.set(key, [work]);
    else works.push(work);
    size += 1;
  }

  /** Counts the turns from now on, until nothing waits. */
  function count(): void {
    if (isCounted) return;
    isCounted = true;
    begun = now();
    setImmediate(beginTurn);
  }

  function beginTurn(): void {
    begun = now();
    isHeld = arriving === 2 && begun - last < holdMs;
    arriving = Math.max(0, arriving - 1);
    isCounted = size > 0 || arriving > 0;
    if (!isCounted) return;
    setImmediate(beginTurn);
    // Each is a call of its own, after which promises go on: what they do belongs to the piece.
    for (let pieces = Math.min(size, maxPieces); pieces > 0; pieces -= 1) setImmediate(beginNext);
  }

  function beginNext(): void {
    if (isHeld || now() - begun >= turnMs) return;
    const [next] = waiting;
    if (next === undefined) return;
    const [key, works] = next;
    const work = works.shift();
    // The key goes to the end.
    waiting.delete(key);
    if (works.length > 0) waiting.set(key, works);
    size -= 1;
    last = now();
    work?.();
  }
}
