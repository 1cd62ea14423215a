import { stepCounter } from "./count-steps.ts";
import { fuzzy, maxReordered, oneLine, splitWords } from "./finder.ts";
import { initialsOf } from "./initials.ts";
import { termTest } from "./term-expression.ts";
import { foldLetters, foldText } from "../text/fold-text.ts";
import { nameOf } from "../words/app-name.ts";
import type { KnownApp } from "../words/known-app.ts";

/** More matches than this are not ranked: they keep the list's own order. */
const maxRanked = 1000;
/** Names that take more steps, all together, are found but not ranked: some tenths of a second. */
const mostSteps = 100_000_000;
/** A single name may take that many of them. */
const mostStepsOfOne = 1_000_000;
/** For so many words it is kept what they have found. */
const maxKept = 10;
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
  const before = foundBefore.get(texts) ?? new Map<string, Matches>();
  const matches = before.get(words) ?? search(apps, texts, words);
  before.set(words, matches);
  const [oldest] = before.keys();
  if (before.size > maxKept && oldest !== undefined) before.delete(oldest);
  foundBefore.set(texts, before);
  return matches;
}

// What was found for the words before: with letters taken off, that is there already.
const foundBefore = new WeakMap<string[], Map<string, Matches>>();

function search(apps: readonly KnownApp[], texts: string[], words: string): Matches {
  const byText = textSearch(texts, words);
  const byId = idSearch(apps, words, byText.places);
  if (byId.length > 0) return { ...byText, places: [...byText.places, ...byId] };
  return byText.places.length > 0 ? byText : unranked(initialsSearch(texts, foldText(words)));
}

function textSearch(texts: string[], words: string): Matches {
  const { letters, texts: wanted } = splitWords(words);
  if (letters === "") return unranked(plainSearch(texts, wanted, texts.keys()));
  const found = fuzzySearch(texts, letters);
  return wanted.length === 0 ? found : { ...found, places: plainSearch(texts, wanted, found.places) };
}

/**
 * Lets what is searched of apps go on for the same apps with one of them replaced, which has the name and the publisher
 * that it had.
 */
export function keepTexts(before: readonly KnownApp[], after: readonly KnownApp[]): void {
  const texts = known.get(before);
  if (texts !== undefined) known.set(after, texts);
}

/**
 * The places of own texts, which are short, that words match, the best first: all of them where there are no words. What
 * comes from outside is looked for with findApps().
 */
export function findTexts(texts: readonly string[], words: string): readonly number[] {
  if (words.trim() === "") return texts.map((_, place) => place);
  const { letters, texts: wanted } = splitWords(words);
  const [found, info, order] =
    wanted.length === 0
      ? fuzzy().search([...texts], letters, maxReordered)
      : [plainSearch(texts, [letters, ...wanted], texts.keys()), null, null];
  const isRanked = found !== null && info !== null && order !== null;
  const places = isRanked ? order.map((at) => info.idx[at] ?? 0) : (found ?? []);
  return places.length > 0 ? places : initialsSearch(texts, foldText(words));
}

function fuzzySearch(texts: string[], words: string): Matches {
  const places = narrow(texts, words);
  if (places.length === 0 || places.length > maxRanked) return unranked(places);
  const { quick, slow } = bySteps(texts, words, places);
  if (quick.length === 0) return unranked(places);
  const [found, info, order] = fuzzy().search(texts, words, maxReordered, maxRanked, quick);
  // More words than are tried in other orders are there all the same.
  if (found === null || found.length === 0 || info === null || order === null) return unranked(places);
  return { places: [...order.map((at) => info.idx[at] ?? 0), ...slow], ranked: true };
}

interface BySteps {
  readonly quick: number[];
  readonly slow: number[];
}

/** Names that can be ranked, and those for which that takes too many steps: they come behind. */
function bySteps(texts: readonly string[], words: string, places: readonly number[]): BySteps {
  const most = Math.min(mostStepsOfOne, mostSteps / places.length);
  const stepsOf = stepCounter(fuzzy().split(words), most);
  const quick: number[] = [];
  const slow: number[] = [];
  for (const place of places) {
    const isQuick = stepsOf(texts[place] ?? "") <= most;
    (isQuick ? quick : slow).push(place);
  }
  return { quick, slow };
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
    if (!found.has(term)) places = having(texts, term, places);
  }
  narrowed.set(texts, { words, places: places ?? [] });
  return places ?? [];
}

/** Those of some places, or of all, whose texts have a term. */
function having(texts: readonly string[], term: string, places: readonly number[] | undefined): number[] {
  const isFound = termTest(term);
  if (places !== undefined) return places.filter((place) => isFound(texts[place] ?? ""));
  const found: number[] = [];
  for (const [place, text] of texts.entries()) {
    if (isFound(text)) found.push(place);
  }
  return found;
}

function unranked(places: readonly number[]): Matches {
  return { places, ranked: false };
}

// What was found so last.
const lastInitials = new WeakMap<readonly string[], Narrowed>();

function initialsSearch(texts: readonly string[], words: string): readonly number[] {
  const find = initialsOf(words);
  if (find === undefined) return [];
  const last = lastInitials.get(texts);
  // More letters find no more.
  const among = last !== undefined && words.startsWith(last.words) ? last.places : texts.keys();
  const places: number[] = [];
  for (const place of among) {
    if (find(texts[place] ?? "") !== undefined) places.push(place);
  }
  lastInitials.set(texts, { words, places });
  return places;
}

/** Those of some places whose texts have all of these as they are. */
function plainSearch(
  texts: readonly string[],
  wanted: readonly string[],
  among: Iterable<number>,
): readonly number[] {
  const found: number[] = [];
  for (const place of among) {
    const text = foldText(texts[place] ?? "");
    if (wanted.every((one) => text.includes(one))) found.push(place);
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
  const texts = apps.map((app) => foldLetters(oneLine(`${nameOf(app)} ${app.publisher ?? ""}`)));
  known.set(apps, texts);
  return texts;
}
