import { hasMembers } from "./object-kind.ts";

/**
 * A frozen copy of plain data, all the way down: what a callback gets cannot change what is kept. Other objects in it,
 * such as errors, stay the same objects.
 */
export function frozenCopy<Value>(value: Value): Value;
export function frozenCopy(value: unknown): unknown {
  if (Array.isArray(value)) return Object.freeze(value.map((item: unknown) => frozenCopy(item)));
  if (!hasMembers(value)) return value;
  const members = Object.entries(value).map(([name, member]: [string, unknown]) => [
    name,
    frozenCopy(member),
  ]);
  return Object.freeze(Object.fromEntries(members));
}
