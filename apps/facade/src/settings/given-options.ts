import { UserError } from "@install-summary/command-line/errors";
import { withoutStorePassword } from "@install-summary/command-line/passwords";
import { nearestName } from "@install-summary/core/text";
import { shownValue } from "./setting-sources.ts";

/** What a program may give under one name. */
export interface OptionType {
  /** The end of a sentence: "dryRun must be …". */
  readonly rule: string;
  readonly takes: (value: unknown) => boolean;
}

/** What each option of a function may be. */
export type OptionTypes<Options> = { readonly [Name in keyof Required<Options>]: OptionType };

/** What a program has given in one place of a function's options. */
export interface GivenGroup {
  /** Empty, or a path such as `settings.limits.`. */
  readonly place: string;
  /** Undefined where it was left out. */
  readonly given: unknown;
  readonly types: Readonly<Record<string, OptionType>>;
}

/** Types of options that may be left out; one that is undefined is left out too. */
export const anything: OptionType = { rule: "anything", takes: () => true };
export const aText = optional("a text", (value) => typeof value === "string");
export const yesOrNo = optional("true or false", (value) => typeof value === "boolean");
export const anObject = optional("an object", isObject);
export const aFunction = optional("a function", (value) => typeof value === "function");

/** A type whose option may be left out. */
export function optional(rule: string, takes: (value: unknown) => boolean): OptionType {
  return { rule, takes: (value) => value === undefined || takes(value) };
}

/**
 * Refuses what a JavaScript program gives a function under a name that it does not know, or of another type: what was asked
 * for would not be there, and a test that relies on it would be green. Throws `UserError`.
 */
export function checkOptions(owner: string, groups: readonly GivenGroup[]): void {
  const known = groups.flatMap(({ place, types }) => Object.keys(types).map((name) => place + name));
  const faults = groups.flatMap((group) => faultsOf(owner, group, known));
  if (faults.length > 0) throw new UserError(faults.join("\n"), { code: "InvalidSettings" });
}

function faultsOf(
  owner: string,
  { place, given, types }: GivenGroup,
  known: readonly string[],
): readonly string[] {
  if (given === undefined) return [];
  if (!isObject(given)) {
    return [`${place === "" ? `What ${owner} is given` : place.slice(0, -1)} must be an object.`];
  }
  return Object.entries(given).flatMap(([name, value]) => {
    const path = place + name;
    const type = Object.hasOwn(types, name) ? types[name] : undefined;
    if (type === undefined) return [`${owner} has no option ${path}.${hintFor(path, known)}`];
    return type.takes(value) ? [] : [`${path} must be ${type.rule}${gotten(value)}.`];
  });
}

/** Of an object the rule alone says enough. */
function gotten(value: unknown): string {
  if (typeof value === "string") return `; got ${shownValue(value, withoutStorePassword)}`;
  return typeof value === "number" || typeof value === "boolean" ? `; got ${value}` : "";
}

/** The same name in another place is what was meant, else the one that is spelt most alike. */
function hintFor(path: string, known: readonly string[]): string {
  const name = lastOf(path);
  const meant =
    known.find((one) => lastOf(one) === name) ??
    known[known.map(lastOf).indexOf(nearestName(name, known.map(lastOf)) ?? "")];
  return meant === undefined ? "" : ` Did you mean ${meant}?`;
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
