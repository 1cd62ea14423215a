import { contraction, inWord } from "./finder.ts";

const contractions = new RegExp(contraction, "giu");
const syntax = /[$()*+./?[\\\]^{|}]/g;
/** From this length on it counts that no letter of a word is a start of its own. */
const shortText = 100;

/** Whether a text has the letters of a term in their order in one of its words. */
export function termTest(term: string): (text: string) => boolean {
  const units = unitsOf(term);
  const [first = "", ...others] = units;
  const short = new RegExp(escaped(first) + others.map(next).join(""), "iu");
  let long: RegExp | undefined;
  return (text) => {
    if (text.length <= shortText) return short.test(text);
    long ??= new RegExp(fromWordStart(units), "iu");
    return long.test(text);
  };
}

/** Where the letters of a term are in the first word of a text that has them, each as early as it can be. */
export function termPlaces(text: string, term: string): readonly (readonly [number, number])[] {
  const units = unitsOf(term);
  const [, ...found] = new RegExp(fromWordStart(units), "iud").exec(text)?.indices ?? [];
  return found.flatMap((range, at) => {
    if (range === undefined) return [];
    const [, end] = range;
    return [[end - (units[at] ?? "").length, end] as const];
  });
}

/** The letters, each of which may be apart from the one before. */
function unitsOf(term: string): readonly string[] {
  let end = "";
  const letters = term.replaceAll('"', "").replaceAll(contractions, (found) => {
    end = found;
    return "";
  });
  return letters === "" ? [end] : [...letters.slice(0, -1).split(""), letters.slice(-1) + end];
}

/** Each word is looked through once, from its beginning, so the time grows with the length of the text only. */
function fromWordStart(units: readonly string[]): string {
  return `(?<!${inWord})${units.map(next).join("")}`;
}

/**
 * The next place of a letter in the same word. What a lookahead found is never tried otherwise: a later place leaves fewer
 * letters for the rest, so if the first one fails, all do.
 */
function next(unit: string, at: number): string {
  return `(?=(${inWord}*?${escaped(unit)}))\\${at + 1}`;
}

function escaped(text: string): string {
  return text.replaceAll(syntax, String.raw`\$&`);
}
