/** The kind of an object, such as `[object Map]`; `[object Object]` for an object with members as in JSON. */
export function objectKind(value: unknown): string {
  return Object.prototype.toString.call(value);
}

/** Whether a value is an object with members as in JSON, of any realm. An array, a map, a date or a promise is not. */
export function hasMembers(value: unknown): value is object {
  return objectKind(value) === "[object Object]";
}
