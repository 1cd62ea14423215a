import { stepCounter } from "./count-steps.ts";
import { fuzzy, isSearchable, maxReordered, oneLine } from "./finder.ts";
import { initialsOf } from "./initials.ts";
import { termPlaces } from "./term-expression.ts";

/** From where a part of a text begins to where it ends. */
export type Range = readonly [from: number, to: number];

/** A name that takes more steps is marked where its letters are first: about a millisecond. */
const mostSteps = 200_000;

/** The parts of a name that words match, as pairs of from and to. */
export function matchedRanges(name: string, words: string): readonly Range[] {
  if (words === "") return [];
  if (!isSearchable(words)) return phraseRanges(name, words);
  const text = oneLine(name);
  const terms = fuzzy().split(words);
  const isQuick = stepCounter(terms, mostSteps)(text) <= mostSteps;
  const ranges = isQuick ? rankedPlaces(text, words) : firstPlaces(text, terms);
  return ranges ?? initialsOf(words)?.(text) ?? [];
}

function rankedPlaces(text: string, words: string): readonly Range[] | undefined {
  const [found, info] = fuzzy().search([text], words, maxReordered);
  if (found === null || found.length === 0 || info === null) return undefined;
  const ranges = info.ranges[0] ?? [];
  const pairs: Range[] = [];
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

/** Where the letters of each term are first, if all terms are in a name. */
function firstPlaces(name: string, terms: readonly string[]): readonly Range[] | undefined {
  const places = terms.map((term) => termPlaces(name, term));
  return places.every(({ length }) => length > 0) ? places.flat() : undefined;
}
