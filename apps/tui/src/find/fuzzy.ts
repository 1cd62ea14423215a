import UFuzzy from "@leeoniya/ufuzzy";
import { initialsExpression } from "./initials.ts";
import { nameOf } from "../words/app-name.ts";
import type { KnownApp } from "../words/known-app.ts";

// Its own alphabet is Latin. Marks belong to the letters before them.
const letter = String.raw`\p{L}\p{M}`;
const options = {
  unicode: true,
  interSplit: `[^${letter}\\d']+`,
  intraSplit: String.raw`\p{Ll}\p{Lu}`,
  interBound: `[^${letter}\\d]`,
  intraBound: String.raw`\p{L}\d|\d\p{L}|\p{Ll}\p{Lu}`,
  intraChars: `[${letter}\\d']`,
  intraContr: String.raw`'\p{L}{1,2}\b`,
  intraIns: Infinity,
};

let finder: UFuzzy | undefined;

/** What finds, made with the first words: it takes a twentieth of the time until the first frame. */
function fuzzy(): UFuzzy {
  finder ??= new UFuzzy(options);
  return finder;
}

/** Up to this many words are tried in other orders too. */
const maxReordered = 3;
/** More matches than this are not ranked: they keep the list's own order. */
const maxRanked = 1000;
/** Texts longer than this are looked for as they are: an expression of thousands of letters takes seconds. */
const longestFuzzy = 100;
/** From this length on a text is looked for in ids. */
const shortestId = 4;

/** The places of the apps that words match: the best first, or not ranked where there are too many. */
export interface Matches {
  readonly places: readonly number[];
  readonly ranked: boolean;
}

/** Finds apps by name, publisher and id; where that finds nothing, by the beginnings of words. */
export function findApps(apps: readonly KnownApp[], words: string): Matches {
  const texts = textsOf(apps);
  const byText = isSearchable(words) ? fuzzySearch(texts, words) : unranked(plainSearch(texts, words));
  const byId = idSearch(apps, words, byText.places);
  if (byId.length > 0) return { ...byText, places: [...byText.places, ...byId] };
  return byText.places.length > 0 ? byText : unranked(initialsSearch(texts, words));
}

/**
 * Lets what is searched of apps go on for the same apps with one of them replaced, which has the name and the publisher
 * that it had.
 */
export function keepTexts(before: readonly KnownApp[], after: readonly KnownApp[]): void {
  const texts = known.get(before);
  if (texts !== undefined) known.set(after, texts);
}

/** The places of the texts that words match, the best first: all of them where there are no words. */
export function findTexts(texts: readonly string[], words: string): readonly number[] {
  if (words.trim() === "") return texts.map((_, place) => place);
  const [found, info, order] = isSearchable(words)
    ? fuzzy().search([...texts], words, maxReordered)
    : [plainSearch(texts, words), null, null];
  const isRanked = found !== null && info !== null && order !== null;
  const places = isRanked ? order.map((at) => info.idx[at] ?? 0) : (found ?? []);
  return places.length > 0 ? places : initialsSearch(texts, words);
}

/** From where a part of a text begins to where it ends. */
export type Range = readonly [from: number, to: number];

/** The parts of a name that words match, as pairs of from and to. */
export function matchedRanges(name: string, words: string): readonly Range[] {
  if (words === "") return [];
  if (!isSearchable(words)) return phraseRanges(name, words);
  const [found, info] = fuzzy().search([oneLine(name)], words, maxReordered);
  if (found === null || found.length === 0 || info === null) return initialsRanges(name, words);
  const ranges = info.ranges[0] ?? [];
  const pairs: (readonly [number, number])[] = [];
  for (let index = 0; index + 1 < ranges.length; index += 2) {
    pairs.push([ranges[index] ?? 0, ranges[index + 1] ?? 0]);
  }
  return pairs;
}

/** The part of a name that is a text as it is. */
export function phraseRanges(name: string, text: string): readonly Range[] {
  const from = name.toLowerCase().indexOf(text.toLowerCase());
  return from < 0 ? [] : [[from, from + text.length]];
}

function fuzzySearch(texts: string[], words: string): Matches {
  const places = narrow(texts, words);
  if (places.length === 0 || places.length > maxRanked) return unranked(places);
  const [found, info, order] = fuzzy().search(texts, words, maxReordered, maxRanked, places);
  // More words than are tried in other orders are there all the same.
  if (found === null || found.length === 0 || info === null || order === null) return unranked(places);
  return { places: order.map((at) => info.idx[at] ?? 0), ranked: true };
}

interface Narrowed {
  readonly words: string;
  readonly places: number[];
}

// What was found last: as words are typed, only that has to be searched.
const narrowed = new WeakMap<string[], Narrowed>();

/** The places of the texts that have all of the words, in any order. */
function narrow(texts: string[], words: string): number[] {
  const last = narrowed.get(texts);
  // More letters find no more, but behind an apostrophe: that is read as a contraction, such as the one of "it's".
  const goesOn = last !== undefined && words.startsWith(last.words) && !words.includes("'");
  let places = goesOn ? last.places : undefined;
  const found = new Set(goesOn ? fuzzy().split(last.words) : []);
  for (const term of fuzzy().split(words)) {
    if (!found.has(term)) places = fuzzy().filter(texts, term, places) ?? [];
  }
  narrowed.set(texts, { words, places: places ?? [] });
  return places ?? [];
}

function unranked(places: readonly number[]): Matches {
  return { places, ranked: false };
}

/** The expressions are made of single UTF-16 units, and know letters and digits only. */
function isSearchable(words: string): boolean {
  if (words.length > longestFuzzy) return false;
  return fuzzy().split(words).length > 0 && !/[\u{10000}-\u{10ffff}]/u.test(words);
}

function initialsSearch(texts: readonly string[], words: string): readonly number[] {
  const expression = initialsExpression(words);
  if (expression === undefined) return [];
  return texts.flatMap((text, place) => (expression.test(text) ? [place] : []));
}

function initialsRanges(name: string, words: string): readonly (readonly [number, number])[] {
  const [, ...letters] = initialsExpression(words)?.exec(oneLine(name))?.indices ?? [];
  return letters.filter((range) => range !== undefined);
}

function plainSearch(texts: readonly string[], words: string): number[] {
  const wanted = words.toLowerCase();
  const found: number[] = [];
  for (const [place, text] of texts.entries()) {
    if (text.toLowerCase().includes(wanted)) found.push(place);
  }
  return found;
}

function idSearch(apps: readonly KnownApp[], words: string, already: readonly number[]): readonly number[] {
  const wanted = words.toLowerCase();
  if (wanted.length < shortestId || !/^[0-9a-f-]+$/.test(wanted)) return [];
  const known = new Set(already);
  const found: number[] = [];
  for (const [place, app] of apps.entries()) {
    if (app.id.includes(wanted) && !known.has(place)) found.push(place);
  }
  return found;
}

// Apps are replaced, never changed, so what is searched of them is made once.
const known = new WeakMap<readonly KnownApp[], string[]>();

function textsOf(apps: readonly KnownApp[]): string[] {
  const made = known.get(apps);
  if (made !== undefined) return made;
  const texts = apps.map((app) => oneLine(`${nameOf(app)} ${app.publisher ?? ""}`));
  known.set(apps, texts);
  return texts;
}

/** The expressions do not match across lines. */
function oneLine(text: string): string {
  return text.replaceAll(/\s/g, " ");
}
