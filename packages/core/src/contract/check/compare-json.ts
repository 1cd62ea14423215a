import { visibleText } from "../../text/visible-text.ts";
import { isList, type ExpectedJson } from "../format/expected-json.ts";
import { capture } from "./captured-values.ts";
import { anything, describeExpected, matches } from "./match.ts";

/** The differences of a value from what is expected: a sentence for each place, which `where` names. */
export function compareJson(found: unknown, expected: ExpectedJson, where: string): readonly string[] {
  if (found === undefined) return [`${where} is missing`];
  if (isList(expected)) return compareArray(found, expected, where);
  if (typeof expected === "object" && expected !== null) return compareObject(found, expected, where);
  // Counters are never -0.
  const isAsExpected = typeof expected === "string" ? matches(found, expected) : Object.is(found, expected);
  return isAsExpected ? [] : [difference(found, expected, where)];
}

/** Captures values out of one that is as expected. Returns a sentence for each that must be new and is not. */
export function captureJson(
  found: unknown,
  expected: ExpectedJson,
  where: string,
  captured: Map<string, string>,
): readonly string[] {
  if (typeof expected === "string") return capture(found, expected, where, captured);
  if (typeof expected !== "object" || expected === null) return [];
  if (isList(expected)) {
    const items: readonly unknown[] = Array.isArray(found) ? found : [];
    return findEach(items, expected).flatMap(([index, item]) =>
      captureJson(items[index], item, `${where}[${index}]`, captured),
    );
  }
  const members = new Map<string, unknown>(Object.entries(Object(found)));
  return Object.entries(expected).flatMap(([name, value]) =>
    captureJson(members.get(name), value, `${where}.${name}`, captured),
  );
}

function compareArray(found: unknown, expected: readonly ExpectedJson[], where: string): readonly string[] {
  if (!Array.isArray(found)) return [difference(found, expected, where)];
  const items: readonly unknown[] = found;
  const named = expected.filter((item) => item !== anything);
  if (named.length === expected.length && items.length !== named.length) {
    return [`${where} must have ${elements(named.length)} but has ${items.length}`];
  }
  if (items.length < named.length) {
    return [`${where} must contain ${named.map(show).join(", ")} but has ${elements(items.length)}`];
  }
  return findEach(items, expected).flatMap(([index, item]) =>
    compareJson(items[index], item, `${where}[${index}]`),
  );
}

/** The expected elements with the indexes of theirs: in order, or, where further ones are allowed, anywhere. */
function findEach(
  items: readonly unknown[],
  expected: readonly ExpectedJson[],
): readonly (readonly [index: number, item: ExpectedJson])[] {
  if (!expected.includes(anything)) return [...expected.entries()];
  const left = new Set(items.keys());
  return expected
    .filter((item) => item !== anything)
    .map((item) => {
      // The most similar element, so that the sentences say how it differs.
      const compared = [...left].map((index) => ({
        index,
        differences: compareJson(items[index], item, "").length,
      }));
      const [nearest] = compared.toSorted((one, other) => one.differences - other.differences);
      const index = nearest?.index ?? items.length;
      left.delete(index);
      return [index, item] as const;
    });
}

function compareObject(
  found: unknown,
  expected: { readonly [name: string]: ExpectedJson },
  where: string,
): readonly string[] {
  if (typeof found !== "object" || found === null || Array.isArray(found))
    return [difference(found, expected, where)];
  const members = new Map<string, unknown>(Object.entries(found));
  const { [anything]: mayHaveFurther, ...named } = expected;
  const different = Object.entries(named).flatMap(([name, value]) =>
    compareJson(members.get(name), value, `${where}.${name}`),
  );
  if (mayHaveFurther !== undefined) return different;
  const further = [...members.keys()].filter((name) => !Object.hasOwn(named, name));
  return [...different, ...further.map((name) => `${where}.${visibleText(name, 64)} must be absent`)];
}

function difference(found: unknown, expected: ExpectedJson, where: string): string {
  const wanted = typeof expected === "string" ? describeExpected(expected, show) : show(expected);
  return `${where} must be ${wanted} but is ${show(found)}`;
}

function show(value: unknown): string {
  // JSON would write it as 0.
  return Object.is(value, -0) ? "-0" : visibleText(JSON.stringify(value), 200);
}

function elements(count: number): string {
  return count === 1 ? "1 element" : `${count} elements`;
}
