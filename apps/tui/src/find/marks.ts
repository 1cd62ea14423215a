import { stepCounter } from "./count-steps.ts";
import { fuzzy, maxReordered, oneLine, splitWords } from "./finder.ts";
import { initialsOf } from "./initials.ts";
import { termPlaces } from "./term-expression.ts";
import { foldLetters, foldText } from "../text/fold-text.ts";
import { graphemes } from "../text/width.ts";

/** From where a part of a text begins to where it ends. */
export type Range = readonly [from: number, to: number];

/** A name that takes more steps is marked where its letters are first: about a millisecond. */
const mostSteps = 200_000;

/** The parts of a name that words match, as pairs of from and to. */
export function matchedRanges(name: string, words: string): readonly Range[] {
  if (words === "") return [];
  const { letters, texts } = splitWords(words);
  return [
    ...(letters === "" ? [] : letterRanges(name, letters)),
    ...texts.flatMap((text) => phraseRanges(name, text)),
  ];
}

/** The part of a name that is a text as it is. */
export function phraseRanges(name: string, text: string): readonly Range[] {
  const folded = foldText(name);
  const wanted = foldText(text);
  const from = folded.indexOf(wanted);
  return from < 0 ? [] : inName(name, folded, foldText, [[from, from + wanted.length]]);
}

function letterRanges(name: string, words: string): readonly Range[] {
  const text = foldLetters(oneLine(name));
  const terms = fuzzy().split(words);
  const isQuick = stepCounter(terms, mostSteps)(text) <= mostSteps;
  const ranges = (isQuick ? rankedPlaces(text, words) : undefined) ?? firstPlaces(text, terms);
  return inName(name, text, foldLetters, ranges ?? initialsOf(words)?.(text) ?? []);
}

/** Ranges of a folded name as those of the name, whose letters may be more or fewer. */
function inName(
  name: string,
  folded: string,
  fold: (text: string) => string,
  ranges: readonly Range[],
): readonly Range[] {
  const isAlike = folded.length === name.length && folded.toLowerCase() === name.toLowerCase();
  if (ranges.length === 0 || isAlike) return ranges;
  const from: number[] = [];
  const to: number[] = [];
  let at = 0;
  for (const grapheme of graphemes(name)) {
    const length = fold(grapheme).length;
    for (let unit = 0; unit < length; unit += 1) {
      from.push(at);
      to.push(at + grapheme.length);
    }
    at += grapheme.length;
  }
  return ranges.map(([start, end]) => [from[start] ?? 0, to[end - 1] ?? name.length]);
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

/** Where the letters of each term are first, if all terms are in a name. */
function firstPlaces(name: string, terms: readonly string[]): readonly Range[] | undefined {
  const places = terms.map((term) => termPlaces(name, term));
  return places.every(({ length }) => length > 0) ? places.flat() : undefined;
}
