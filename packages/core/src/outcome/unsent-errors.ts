const unsent = new WeakSet();

/** Notes that an error, such as one of a caller's token function, was thrown before its request was sent. Returns it. */
export function markUnsent(error: unknown): unknown {
  if (typeof error === "object" && error !== null) unsent.add(error);
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

/** Notes that an error is the reason why a request was given up that had been sent. */
export function markSent(reason: unknown): void {
  if (typeof reason === "object" && reason !== null) unsent.delete(reason);
}

/** Whether `markUnsent` of this copy of the package has seen the error. */
export function isUnsent(error: unknown): boolean {
  return typeof error === "object" && error !== null && unsent.has(error);
}
