import * as fc from "fast-check";
import { expect, test } from "vitest";
import { awkwardNames, listedApp } from "../../test/sample-apps.ts";
import { fuzzy, oneLine } from "./finder.ts";
import { findApps } from "./fuzzy.ts";
import { matchedRanges } from "./marks.ts";
import { termPlaces, termTest } from "./term-expression.ts";

// Each of these names has more ways to place the typed letters in it than could be tried in a lifetime.
const slow: readonly (readonly [what: string, name: string, typed: string])[] = [
  ["one letter", "a".repeat(1000), `${"a".repeat(40)}z`],
  ["digits", "0".repeat(1000), `${"0".repeat(40)}1`],
  ["an alphabet again and again", "abcdefghijkl".repeat(80), `${"abcdefghijkl".repeat(4)}z`],
  ["a letter beyond ASCII", "給".repeat(1000), `${"給".repeat(40)}計`],
  ["a letter with another case", "ſ".repeat(1000), `${"s".repeat(40)}z`],
  ["a letter and its mark", "e\u0301".repeat(500), `${"e\u0301".repeat(40)}z`],
  ["words of one letter", "a ".repeat(500), `${"a".repeat(40)}z`],
  ["a contraction", `${"a".repeat(900)}'sx`, `${"a".repeat(40)}z's`],
  ["letters beyond two bytes", "a𠮷".repeat(300), `${"a".repeat(40)}z`],
];

test.each(slow)("a name of %s is searched in one go", (_, name, typed) => {
  const apps = [listedApp(1, name), listedApp(2, "Adobe")];
  for (const end of [1, 6, 12, 24]) findApps(apps, typed.slice(0, end));
  expect(findApps(apps, typed).places).toEqual([]);
  expect(matchedRanges(name, typed)).toEqual([]);
});

test.each(slow)("a name of %s is found and marked by what it has", (_, name, typed) => {
  const has = `${name}${typed.replaceAll(" ", "")}`;
  const apps = [listedApp(1, has), listedApp(2, "Adobe")];
  expect(findApps(apps, typed).places).toEqual([0]);
  expect(matchedRanges(has, typed).length).toBeGreaterThan(0);
});

test("three words that a name has often, but not in that order, take few steps", () => {
  const name = `z${" ab".repeat(300)}`;
  const apps = [listedApp(1, name), listedApp(2, "Z ab AB")];
  expect(findApps(apps, "ab ab z").places).toEqual([1, 0]);
  expect(matchedRanges(name, "ab ab z")).toContainEqual([0, 1]);
});

test("a name that cannot be ranked comes behind those that can be", () => {
  const apps = [listedApp(1, `${"a".repeat(500)}b`), listedApp(2, "Aaaaaaab")];
  expect(findApps(apps, "aaaaaab")).toEqual({ places: [1, 0], ranked: true });
});

const signs = ["a", "b", "c", "A", "1", "'", "s", " ", "-", "ſ", "é", "\u0301", "給", "İ", "i"] as const;
const name = fc.oneof(
  fc.string({ unit: fc.constantFrom(...signs), maxLength: 18 }),
  fc.string({ unit: fc.constantFrom(...signs), maxLength: 18 }).map((text) => text + "-".repeat(100)),
  fc.constantFrom(...awkwardNames),
);
const typed = fc.string({ unit: fc.constantFrom(...signs), minLength: 1, maxLength: 6 });

test("a term is found in the names that the expression of all ways finds it in", () => {
  fc.assert(
    fc.property(typed, name, (text, awkward) => {
      const line = oneLine(awkward);
      for (const term of fuzzy().split(text)) {
        const isFound = (fuzzy().filter([line], term) ?? []).length > 0;
        expect(termTest(term)(line)).toBe(isFound);
        expect(termPlaces(line, term).length > 0).toBe(isFound);
      }
    }),
  );
});

test("names of a usual length are ranked as they are without a limit", () => {
  const names = [
    "Adobe Acrobat Reader DC",
    "Adobe AutoCAD 14.4",
    "Visual Studio Code",
    "Mississippi Banana Association",
  ];
  const some = [...names, ...awkwardNames].filter((one) => one.length <= 60);
  const apps = some.map((one, at) => listedApp(at, one));
  const texts = apps.map(({ displayName, publisher }) => oneLine(`${displayName} ${publisher}`));
  const part = fc
    .constantFrom(...names)
    .chain((one) => fc.shuffledSubarray(one.split(" "), { minLength: 1, maxLength: 3 }))
    .chain((parts) => fc.subarray(parts.join(" ").split(""), { minLength: 1 }))
    .map((letters) => letters.join(""));
  fc.assert(
    fc.property(part, (text) => {
      const [, info, order] = fuzzy().search(texts, text, 3);
      const isRanked = info !== null && order !== null && order.length > 0;
      fc.pre(isRanked);
      expect(findApps(apps.slice(), text).places).toEqual(order?.map((at) => info?.idx[at]));
    }),
  );
});
