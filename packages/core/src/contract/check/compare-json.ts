import { visibleText } from "../../text/visible-text.ts";
import { capture } from "./captures.ts";
import type { ExpectedJson } from "../format/golden-pair.ts";
import { anything, inWords, isLike } from "./match-text.ts";

/** What of a value is not as expected: one sentence per place, which `where` names. */
export function compareJson(found: unknown, expected: ExpectedJson, where: string): readonly string[] {
  if (found === undefined) return [`${where} is missing`];
  if (isList(expected)) return compareArray(found, expected, where);
  if (typeof expected === "object" && expected !== null) return compareObject(found, expected, where);
  // Counters are never -0.
  const isAsExpected = typeof expected === "string" ? isLike(found, expected) : Object.is(found, expected);
  return isAsExpected ? [] : [unlike(found, expected, where)];
}

/** Captures what is to be captured out of a value that is as expected; a sentence for what must be new and is not. */
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

function isList(value: ExpectedJson): value is readonly ExpectedJson[] {
  return Array.isArray(value);
}

function compareArray(found: unknown, expected: readonly ExpectedJson[], where: string): readonly string[] {
  if (!Array.isArray(found)) return [unlike(found, expected, where)];
  const items: readonly unknown[] = found;
  const named = expected.filter((item) => item !== anything);
  if (named.length === expected.length && items.length !== named.length) {
    return [`${where} must have ${named.length} elements, has ${items.length}`];
  }
  if (items.length < named.length) {
    return [`${where} must hold ${named.map(show).join(", ")}, has ${items.length} elements`];
  }
  return findEach(items, expected).flatMap(([index, item]) =>
    compareJson(items[index], item, `${where}[${index}]`),
  );
}

/** The expected elements with the places where they are found: in order, or, where more may be there, anywhere. */
function findEach(
  items: readonly unknown[],
  expected: readonly ExpectedJson[],
): readonly (readonly [index: number, item: ExpectedJson])[] {
  if (!expected.includes(anything)) return [...expected.entries()];
  const left = new Set(items.keys());
  return expected
    .filter((item) => item !== anything)
    .map((item) => {
      // What is most like it, so that the sentences say what differs there.
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
  const wanted = typeof expected === "string" ? inWords(expected, show) : show(expected);
  return `${where} must be ${wanted}, is ${show(found)}`;
}

function show(value: unknown): string {
  return visibleText(JSON.stringify(value), 200);
}
