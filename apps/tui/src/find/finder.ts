import UFuzzy from "@leeoniya/ufuzzy";
import { foldText } from "../text/fold-text.ts";

// Its own alphabet is Latin. Marks belong to the letters before them.
const letter = String.raw`\p{L}\p{M}`;
/** A sign that may stand between two letters of a word that was typed. */
export const inWord = `[${letter}\\d']`;
/** The end of a word such as "it's", whose signs stand side by side. */
export const contraction = String.raw`'\p{L}{1,2}(?![${letter}\d'])`;

const options = {
  unicode: true,
  interSplit: `[^${letter}\\d']+`,
  intraSplit: String.raw`\p{Ll}\p{Lu}`,
  interBound: `[^${letter}\\d]`,
  intraBound: String.raw`\p{L}\d|\d\p{L}|\p{Ll}\p{Lu}`,
  intraChars: inWord,
  intraContr: contraction,
  intraIns: Infinity,
  // Not by the language of the machine: a Turkish one has another i.
  toLower: (text: string) => text.toLowerCase(),
};

let finder: UFuzzy | undefined;

/**
 * What finds and ranks, made with the first words: it takes a twentieth of the time until the first frame. Its expressions
 * try all ways to place letters in a name, so it is only asked about names for which stepCounter() says that these are few.
 */
export function fuzzy(): UFuzzy {
  finder ??= new UFuzzy(options);
  return finder;
}

/** Up to this many words are tried in other orders too. */
export const maxReordered = 3;
/** Texts longer than this are looked for as they are: an expression of thousands of letters takes seconds. */
const longestFuzzy = 100;

/** What is typed, folded, in the two ways in which it is looked for. */
export interface SplitWords {
  /** Words that are looked for letter by letter. */
  readonly letters: string;
  /** Texts that have to be there as they are. */
  readonly texts: readonly string[];
}

const beyondUnits = /[\u{10000}-\u{10ffff}]/u;

/** The expressions are made of single UTF-16 units, and know letters and digits only: anything else is looked for as it is. */
export function splitWords(words: string): SplitWords {
  const folded = foldText(words);
  if (folded.length > longestFuzzy) return { letters: "", texts: [folded] };
  const all = beyondUnits.test(folded) ? folded.split(/\s+/).filter((word) => word !== "") : [folded];
  const texts = all.filter((word) => beyondUnits.test(word));
  const rest = all.filter((word) => !beyondUnits.test(word)).join(" ");
  // Signs by which the expressions would leave words out or take them as they are.
  const letters = rest.replaceAll(/["-]/g, " ");
  if (rest === "" || fuzzy().split(letters).length > 0) return { letters, texts };
  return { letters: "", texts: [...texts, rest] };
}

const otherSpace = /[^\S ]/;

/** The expressions do not match across lines. Nearly all texts are so already, and to replace nothing takes longer. */
export function oneLine(text: string): string {
  return otherSpace.test(text) ? text.replaceAll(/\s/g, " ") : text;
}
