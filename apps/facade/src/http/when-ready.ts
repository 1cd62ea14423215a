/** A value that is there, or that is still awaited. */
export type MaybePromise<Value> = Value | Promise<Value>;

/**
 * Goes on with a value: at once where it is there, later where it is awaited. A response that needs no waiting is made
 * in one turn, which costs a third less than an async function for each step.
 */
export function whenReady<Value, Next>(
  value: MaybePromise<Value>,
  next: (value: Value) => MaybePromise<Next>,
): MaybePromise<Next> {
  return value instanceof Promise ? value.then(next) : next(value);
}
