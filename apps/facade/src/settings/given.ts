import { withoutStorePassword } from "@install-summary/command-line/passwords";
import { nearestName } from "@install-summary/core/text";
import { shownValue } from "./setting-sources.ts";
import type { SettingType } from "./setting-types.ts";

/** What a program may give under one name, as a setting has it. */
export type GivenType<Value> = Pick<SettingType<Value>, "rule" | "parse" | "hide">;

/** An object that a program gives, read name by name. What is undefined was left out. */
export interface Given {
  /**
   * What the type makes of the value; undefined where it was left out or breaks the rule. An object that the type does not
   * take is read by `readGroup`.
   */
  read<Value>(
    name: string,
    type: GivenType<Value>,
    readGroup?: (given: Given) => Value | undefined,
  ): Value | undefined;
  /** The same of a value that must be there. */
  need<Value>(name: string, type: GivenType<Value>): Value | undefined;
  /** An object in this one. */
  group(name: string): Given;
  /** Lets the names be that this object has besides: which of them fit is not known. */
  leaveRest(): void;
}

/** What a function is given. */
export interface GivenTo {
  readonly owner: string;
  readonly given: unknown;
  /** The path of what is given, where it is a part of something; by default it is all. */
  readonly place?: string;
}

/**
 * Reads what a JavaScript program gives a function. Only what `read` returns is to be used. Throws `TypeError` for a name that
 * `read` does not ask for, and for a value that breaks its rule: what was asked for would not be there, and a test that relies
 * on it would be green.
 */
export function readGiven<Result>(
  { owner, given, place = "" }: GivenTo,
  read: (given: Given) => Result,
): Result {
  const faults: string[] = [];
  const asked = new Set<string>();
  const there: string[] = [];

  const open = (value: unknown, path: string): Given => {
    const isGroup = isObject(value);
    if (!isGroup && value !== undefined)
      faults.push(`${path || `What ${owner} is given`} must be an object.`);
    const group = isGroup ? value : {};
    const pathOf = (name: string): string => (path === "" ? name : `${path}.${name}`);
    const take = (name: string): unknown => {
      asked.add(pathOf(name));
      return Reflect.get(group, name);
    };
    there.push(...Object.keys(group).map(pathOf));
    const parse = <Value>(name: string, one: unknown, type: GivenType<Value>): Value | undefined => {
      // Relative paths begin in the working folder.
      const parsed = type.parse(one, "");
      if (parsed === undefined) faults.push(`${pathOf(name)} must be ${type.rule}${gotten(one, type)}.`);
      return parsed;
    };
    return {
      read(name, type, readGroup) {
        const one = take(name);
        if (one === undefined) return undefined;
        if (readGroup === undefined || !isObject(one)) return parse(name, one, type);
        return type.parse(one, "") ?? readGroup(open(one, pathOf(name)));
      },
      need: (name, type) => parse(name, take(name), type),
      group: (name) => open(take(name), pathOf(name)),
      leaveRest: () => Object.keys(group).forEach(take),
    };
  };

  const result = read(open(given, place));
  const unknown = there.filter((path) => !asked.has(path));
  faults.push(...unknown.map((path) => `${owner} has no option ${path}.${hintFor(path, [...asked])}`));
  if (faults.length > 0) throw new TypeError(faults.join("\n"));
  return result;
}

/** Whether a value is an object with members. */
export function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Of an object the rule alone says enough. */
function gotten(value: unknown, { hide = withoutStorePassword }: GivenType<unknown>): string {
  if (typeof value === "string") return `; got ${shownValue(value, hide)}`;
  return typeof value === "number" || typeof value === "boolean" ? `; got ${value}` : "";
}

/** The same name in another place is what was meant, else the one that is spelt most alike. */
function hintFor(path: string, known: readonly string[]): string {
  const name = lastOf(path);
  const names = known.map(lastOf);
  const meant =
    known.find((one) => lastOf(one) === name) ?? known[names.indexOf(nearestName(name, names) ?? "")];
  return meant === undefined ? "" : ` Did you mean ${meant}?`;
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1);
}
