import { visibleText } from "../visible-text.ts";
import type { ExpectedJson } from "./golden-pair.ts";
import { anything, matchesText } from "./match-text.ts";
import { valueKinds } from "./value-kinds.ts";

/** What of a value is not as expected: one sentence per place, which `where` names. */
export function compareJson(found: unknown, expected: ExpectedJson, where: string): readonly string[] {
  if (found === undefined) return [`${where} is missing`];
  if (isList(expected)) return compareArray(found, expected, where);
  if (typeof expected === "object" && expected !== null) return compareObject(found, expected, where);
  return isAsExpected(found, expected) ? [] : [unlike(found, expected, where)];
}

function isAsExpected(found: unknown, expected: string | number | boolean | null): boolean {
  if (typeof expected !== "string") return found === expected;
  if (expected === anything) return true;
  const kind = valueKinds.get(expected);
  return kind === undefined
    ? typeof found === "string" && matchesText(found, expected)
    : kind.includes(found);
}

function isList(value: ExpectedJson): value is readonly ExpectedJson[] {
  return Array.isArray(value);
}

function compareArray(found: unknown, expected: readonly ExpectedJson[], where: string): readonly string[] {
  if (!Array.isArray(found)) return [unlike(found, expected, where)];
  const items: readonly unknown[] = found;
  if (expected.includes(anything)) {
    return expected.filter((item) => item !== anything).flatMap((item) => findAmong(items, item, where));
  }
  if (items.length !== expected.length) {
    return [`${where} must have ${expected.length} elements, has ${items.length}`];
  }
  return expected.flatMap((item, index) => compareJson(items[index], item, `${where}[${index}]`));
}

/** Nothing where one of the elements is as expected, else what differs in the one that is most like it. */
function findAmong(items: readonly unknown[], expected: ExpectedJson, where: string): readonly string[] {
  const compared = items.map((item, index) => compareJson(item, expected, `${where}[${index}]`));
  const [nearest] = compared.toSorted((one, other) => one.length - other.length);
  return nearest ?? [`${where} must hold ${show(expected)}, is empty`];
}

function compareObject(
  found: unknown,
  expected: { readonly [name: string]: ExpectedJson },
  where: string,
): readonly string[] {
  if (typeof found !== "object" || found === null || Array.isArray(found))
    return [unlike(found, expected, where)];
  const members = new Map<string, unknown>(Object.entries(found));
  const { [anything]: mayHaveMore, ...named } = expected;
  const different = Object.entries(named).flatMap(([name, value]) =>
    members.has(name)
      ? compareJson(members.get(name), value, `${where}.${name}`)
      : [`${where}.${name} is missing`],
  );
  if (mayHaveMore !== undefined) return different;
  const further = [...members.keys()].filter((name) => !Object.hasOwn(named, name));
  return [...different, ...further.map((name) => `${where}.${visibleText(name, 64)} must not be there`)];
}

function unlike(found: unknown, expected: ExpectedJson, where: string): string {
  const kind = typeof expected === "string" ? valueKinds.get(expected) : undefined;
  return `${where} must be ${kind?.words ?? show(expected)}, is ${show(found)}`;
}

function show(value: unknown): string {
  return visibleText(JSON.stringify(value), 200);
}
