import type { ListedApp } from "@install-summary/core/client";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { barePlace } from "../../test/command-place.ts";
import { awkwardNames, listedApp } from "../../test/sample-apps.ts";
import { chooseApp } from "../commands/choose-app.ts";
import { parseFilterOption } from "../commands/filter-option.ts";
import { foldText } from "../text/fold-text.ts";
import { parseFilter } from "./filter.ts";
import { findApps } from "./fuzzy.ts";
import { matchedRanges, phraseRanges } from "./marks.ts";

const signs = [
  "İ",
  "i",
  "I",
  "ş",
  "ß",
  "ẞ",
  "s",
  "S",
  "ﬁ",
  "ﬆ",
  "f",
  "t",
  "Σ",
  "σ",
  "ς",
  "ΐ",
  "ᾳ",
  "ŉ",
  "ǰ",
  "ſ",
  "K",
  "Å",
];
const beyond = ["𠮷", "𝐀", "𐐀", "𐐨", "🏴", "👩🏽‍💻", "👨‍👩‍👧‍👦", "🇨🇭", "★", "½", "٣"];
const composed = [
  "é",
  "e\u0301",
  "E\u0301",
  "a\u0323\u0302",
  "\u0301",
  "각",
  "각",
  "ש",
  "ل",
  "\u200f",
  "\u200d",
  "'",
  "-",
  "1",
  " ",
];
const unit = fc.oneof(
  fc.constantFrom(...signs, ...beyond, ...composed),
  fc.string({ unit: "grapheme", maxLength: 1 }),
);
const name = fc.oneof(
  fc.array(unit, { minLength: 1, maxLength: 14 }).map((parts) => parts.join("")),
  fc.string({ unit: "binary", maxLength: 10 }).map((text) => text.toWellFormed()),
  fc.constantFrom(
    ...awkwardNames,
    "İş Bankası",
    "İstanbul Kart, Straße",
    "Café Rewards",
    "STRASSE ΟΔΟΣ Οδός",
  ),
);

function wordsOf(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => /[\p{L}\p{So}]/u.test(word));
}

/** A name, and one of its words as another may type it. */
const typed = name
  .filter((one) => wordsOf(one).length > 0)
  .chain((one) => {
    const forms = wordsOf(one).flatMap((word) => [
      word,
      word.normalize("NFC"),
      word.normalize("NFD"),
      word.normalize("NFC").toLowerCase(),
      // Of marks in an order of their own a capital is another text.
      word.normalize("NFC").toUpperCase(),
    ]);
    return fc.record({ name: fc.constant(one), text: fc.constantFrom(...forms) });
  });

test("each word of a name finds it, in either normal form and in either case, and is marked in it", () => {
  fc.assert(
    fc.property(typed, fc.boolean(), (one, isPublisher) => {
      const app = {
        ...listedApp(1, isPublisher ? "Adobe" : one.name),
        publisher: isPublisher ? one.name : "Adobe",
      };
      expect(findApps([listedApp(0, "Unlike"), app], one.text).places).toContain(1);
      const ranges = matchedRanges(one.name, one.text);
      expect(ranges.length).toBeGreaterThan(0);
      for (const [from, to] of ranges) {
        expect(from).toBeLessThan(to);
        expect(to).toBeLessThanOrEqual(one.name.length);
      }
    }),
    { numRuns: 1000 },
  );
});

test("a word of a name finds it as a phrase and as the name of a command's app, whatever narrows the search", async () => {
  await fc.assert(
    fc.asyncProperty(typed.filter(isNarrowed), async (one) => {
      const text = one.text.replaceAll('"', "");
      const app = listedApp(1, one.name.replaceAll('"', ""));
      const { tests } = parseFilter(`"${text}"`);
      expect(tests.every((passes) => passes(app, false))).toBe(true);
      expect(phraseRanges(app.displayName ?? "", text)).toHaveLength(1);
      const { search } = parseFilterOption(`"${text}"`);
      expect(narrows(app, search)).toBe(true);
      const client = {
        getApp: () => Promise.reject(new Error("no id is asked for")),
        async *list({ search: words = "" } = {}) {
          if (narrows(app, words)) yield app;
        },
      };
      const call = { place: barePlace, signal: new AbortController().signal };
      expect(await chooseApp(client, text, call)).toBe(app);
    }),
    { numRuns: 500 },
  );
});

/** Letters that a server does not take for those of their other case, such as ſ for S, are found where it is not asked to narrow. */
function isNarrowed({ name: one }: { readonly name: string }): boolean {
  if (/[ßẞﬀ-ﬆ]\p{M}/u.test(one)) return false;
  return Array.from(one.normalize("NFC")).every(
    (sign) => foldText(sign) === sign.toLowerCase() || /[ßẞﬀ-ﬆΣς]/u.test(sign),
  );
}

/** As the contract says that a server searches: words in lower case and of one normal form, all in the name. */
function narrows({ displayName }: Pick<ListedApp, "displayName">, search: string): boolean {
  return search.split(" ").every((word) => serverKey(displayName ?? "").includes(serverKey(word)));
}

function serverKey(text: string): string {
  return text.normalize("NFC").toLowerCase();
}

test.each([
  ["İş", "İş Bankası", "İş"],
  ["strasse", "Kart, Straße 3", "Straße"],
  ["STRASSE", "Straße", "Straße"],
  ["Café", "Cafe\u0301 Rewards", "Cafe\u0301"],
  ["office", "oﬃce", "oﬃce"],
  ["οδοσ", "Ο ΟΔΟΣ", "ΟΔΟΣ"],
  ["app 𠮷", "𠮷野家 App", "App𠮷"],
] as const)("%s finds %s and marks %s in it", (text, one, marked) => {
  expect(findApps([listedApp(1, one)], text).places).toEqual([0]);
  expect(
    matchedRanges(one, text)
      .map(([from, to]) => one.slice(from, to))
      .join(""),
  ).toBe(marked);
});

test.each([
  ["family tool 🏴", [0]],
  ["🏴 tool", [0]],
  ["🏴 pool", []],
  ["family 🏳", []],
  ["★", [1]],
] as const)("%s finds what has all of it, in any order", (text, places) => {
  const apps = [listedApp(1, "👨‍👩‍👧‍👦 Family 👩🏽‍💻 tool 🏴 Days"), listedApp(2, "Family ★ pool")];
  expect(findApps(apps, text).places).toEqual(places);
});
