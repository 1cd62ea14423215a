const unsent = new WeakSet();

/** Notes that an error, such as one of a caller's token function, was thrown before its request was sent. Returns it. */
export function markUnsent(error: unknown): unknown {
  if (typeof error === "object" && error !== null) unsent.add(error);
  return error;
}

/** Whether `markUnsent` of this copy of the package has seen the error. */
export function isUnsent(error: unknown): boolean {
  return typeof error === "object" && error !== null && unsent.has(error);
}
