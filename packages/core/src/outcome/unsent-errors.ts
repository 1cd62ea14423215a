/**
 * Errors that were thrown before their request was sent. False for the reason of a signal: it may have ended one that was
 * sent, whoever else has thrown the same error.
 */
const unsent = new WeakMap<object, boolean>();

/**
 * Notes that something, such as what a caller's token function threw, was thrown before its request was sent. Returns it; a
 * text, or anything else that cannot be noted, as the cause of an error.
 */
export function markUnsent(thrown: unknown): object {
  const error = isObject(thrown) ? thrown : new Error(String(thrown), { cause: thrown });
  unsent.set(error, unsent.get(error) ?? true);
  return error;
}

/** Does what comes before a request is sent, such as a caller's function: what it throws is noted. */
export function beforeSending<Value>(work: () => Value): Value {
  try {
    return work();
  } catch (error) {
    throw markUnsent(error);
  }
}

/** Throws the reason of a signal that is aborted, and notes it: it does not tell whether a request was sent. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted !== true) return;
  if (isObject(signal.reason)) unsent.set(signal.reason, false);
  signal.throwIfAborted();
}

/** Whether `markUnsent` of this copy of the package has seen the error, and no signal has given it as its reason. */
export function isUnsent(error: unknown): boolean {
  return isObject(error) && unsent.get(error) === true;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
