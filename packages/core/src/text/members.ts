/**
 * The names of an object's members: its own ones, and those that it inherits, such as the getters of its class. What is read
 * by its name would otherwise be neither checked nor copied.
 */
export function memberNames(value: object): readonly string[] {
  const own = Object.keys(value);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (typeof prototype !== "object" || prototype === null || prototype === Object.prototype) return own;
  const getters = Object.entries(Object.getOwnPropertyDescriptors(prototype)).flatMap(([name, descriptor]) =>
    // The plain objects of another realm have one getter, which is not a member.
    descriptor.get === undefined || name === "__proto__" ? [] : [name],
  );
  return [...new Set([...own, ...getters, ...memberNames(prototype)])];
}

/** The members of an object with their values, each read once. */
export function memberEntries(value: object): readonly (readonly [name: string, value: unknown])[] {
  return memberNames(value).map((name) => [name, Reflect.get(value, name)]);
}

/** A plain copy of an object with all its members; an empty one of undefined. */
export function copyMembers<Value extends object>(value: Value | undefined): Value;
export function copyMembers(value: object = {}): object {
  return Object.fromEntries(memberEntries(value));
}
