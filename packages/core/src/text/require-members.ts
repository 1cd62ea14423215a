import { formatValue } from "./format-value.ts";
import { hasMembers } from "./object-kind.ts";

/**
 * Throws `TypeError` for anything but an object with members. TypeScript keeps other values out; in plain JavaScript a
 * text, a list or a map would pass as an object without members. `where` names the argument, such as `patch of applyPatch`.
 */
export function requireMembers(where: string, value: object): void {
  if (!hasMembers(value)) throw notFit(where, value, "a plain object");
}

/** The error for an argument of the wrong kind: `what` says what it must be. */
export function notFit(where: string, value: unknown, what: string): TypeError {
  return new TypeError(`${where} must be ${what}; got ${formatValue(value)}.`);
}
