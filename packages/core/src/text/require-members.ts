import { formatValue } from "./format-value.ts";
import { memberNames } from "./members.ts";
import { nearestName } from "./nearest-name.ts";
import { hasMembers } from "./object-kind.ts";
import { visibleText } from "./visible-text.ts";

/**
 * Throws `TypeError` for anything but an object with members. TypeScript keeps other values out; in plain JavaScript a
 * text, a list or a map would pass as an object without members. `where` names the argument, such as `patch of applyPatch`.
 */
export function requireMembers(where: string, value: object): void {
  if (!hasMembers(value)) throw notFit(where, value, "a plain object");
}

/**
 * Throws `TypeError` for anything but an object with members of these names only. What is asked for under another name, such
 * as a guard or a dry run, would be dropped without a word.
 */
export function requireNames(where: string, value: object, names: readonly string[]): void {
  requireMembers(where, value);
  for (const name of memberNames(value)) {
    if (names.includes(name)) continue;
    const near = nearestName(name, names);
    const help = near === undefined ? `, only ${names.join(", ")}.` : `. Did you mean ${near}?`;
    throw new TypeError(`${where} cannot have "${visibleText(name, 64)}"${help}`);
  }
}

/** The error for an argument of the wrong kind: `what` says what it must be. */
export function notFit(where: string, value: unknown, what: string): TypeError {
  return new TypeError(`${where} must be ${what}; got ${formatValue(value)}.`);
}
