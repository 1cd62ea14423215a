import { visibleText } from "../visible-text.ts";
import type { ExpectedJson } from "./golden-pair.ts";

const anything = "…";

/** What of a value is not as expected: one sentence per place, which `where` names. */
export function compareJson(found: unknown, expected: ExpectedJson, where: string): readonly string[] {
  if (expected === anything) return found === undefined ? [`${where} is missing`] : [];
  if (isList(expected)) return compareArray(found, expected, where);
  if (typeof expected === "object" && expected !== null) return compareObject(found, expected, where);
  const isEqual =
    typeof expected === "string" && typeof found === "string"
      ? matchesText(found, expected)
      : found === expected;
  return isEqual ? [] : [unlike(found, expected, where)];
}

/** Whether a text is as expected, where `…` stands for any text. */
export function matchesText(found: string, expected: string): boolean {
  const [start = "", ...parts] = expected.split(anything);
  const end = parts.pop();
  if (end === undefined) return found === start;
  if (!found.startsWith(start)) return false;
  let at = start.length;
  for (const part of parts) {
    const next = found.indexOf(part, at);
    if (next === -1) return false;
    at = next + part.length;
  }
  return found.length - at >= end.length && found.endsWith(end);
}

function isList(value: ExpectedJson): value is readonly ExpectedJson[] {
  return Array.isArray(value);
}

function compareArray(found: unknown, expected: readonly ExpectedJson[], where: string): readonly string[] {
  if (!Array.isArray(found)) return [unlike(found, expected, where)];
  const items: readonly unknown[] = found;
  if (expected.includes(anything)) {
    return expected
      .filter((item) => item !== anything)
      .filter((item) => !items.some((one) => compareJson(one, item, where).length === 0))
      .map((item) => `${where} must hold ${show(item)}, which none of its ${items.length} elements is`);
  }
  if (items.length !== expected.length) {
    return [`${where} must have ${expected.length} elements, has ${items.length}`];
  }
  return expected.flatMap((item, index) => compareJson(items[index], item, `${where}[${index}]`));
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
  return found === undefined
    ? `${where} is missing`
    : `${where} must be ${show(expected)}, is ${show(found)}`;
}

function show(value: unknown): string {
  return visibleText(JSON.stringify(value), 200);
}
