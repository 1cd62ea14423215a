/** Reads the next part of a scan, of the length that it is given. */
export type ReadPart = <Result>(read: (length: number) => Result) => Result;

/** Steps to a result, between which others have their turns. */
export type Steps<Result> = Generator<void, Result>;

const firstLength = 50;

/** A part has a cost of its own, so that shorter ones would take more time in all, and none of them less than that. */
const minLength = 10;

/** Rows behind those that cost nothing, such as a hole, may cost more. */
const maxLength = 20_000;

/** How long a part is to take, in milliseconds, so that a turn of some parts ends when it should. */
const partMs = 10;

/**
 * Divides a scan into parts that each take about as long, however dear its conditions are. They grow in steps, since rows may be
 * long where those before were short.
 */
export function createParts(now: () => number = () => performance.now()): ReadPart {
  let length = firstLength;
  return (read) => {
    const start = now();
    const result = read(length);
    const fitting = Math.floor((length * partMs) / Math.max(now() - start, 0.1));
    length = Math.max(minLength, Math.min(fitting, 4 * length, maxLength));
    return result;
  };
}

/** Takes all steps at once. */
export function takeAll<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
