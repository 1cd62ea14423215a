/** What kind of object a value is, such as `[object Map]`; `[object Object]` where it has members as JSON has them. */
export function objectKind(value: unknown): string {
  return Object.prototype.toString.call(value);
}

/** Whether a value is an object with members as JSON has them, from whatever realm: no array, map, date or promise. */
export function hasMembers(value: unknown): value is object {
  return objectKind(value) === "[object Object]";
}
