import { letterTest, type LetterTest } from "./typed-letter.ts";

/**
 * What counts how many steps an expression of terms, in any order, takes at most on a text: all ways to place the first
 * letters of each term in a word, with each other, and from each of them to the end. A name of one letter, many times, has
 * more ways than can ever be tried. Counting takes letters times signs, and ends at a number that is too high anyway.
 */
export function stepCounter(terms: readonly string[], most: number): (text: string) => number {
  const tests = terms.map((term) => term.split("").map(letterTest));
  return (text) => {
    let some = 1;
    let whole = 1;
    for (const letters of tests) {
      const placements = countPlacements(text, letters, most);
      some += placements.some;
      whole *= Math.max(1, placements.whole);
    }
    return text.length * some * whole;
  };
}

interface Placements {
  /** Of the first letters, however many. */
  readonly some: number;
  /** Of all letters. */
  readonly whole: number;
}

function countPlacements(text: string, letters: readonly LetterTest[], most: number): Placements {
  // In how many ways the letters up to each one can be placed in the present word so far.
  const ways = letters.map(() => 0);
  let some = 0;
  let whole = 0;
  for (let at = 0; at < text.length && some <= most; at += 1) {
    const sign = text.charAt(at);
    if (endsWord(sign)) {
      ways.fill(0);
      continue;
    }
    // From behind: one sign is one letter.
    for (let index = letters.length - 1; index >= 0; index -= 1) {
      if (letters[index]?.(sign) !== true) continue;
      const more = index === 0 ? 1 : (ways[index - 1] ?? 0);
      ways[index] = (ways[index] ?? 0) + more;
      some += more;
      if (index === letters.length - 1) whole += more;
    }
  }
  return { some, whole };
}

/** Signs beyond ASCII are counted as parts of a word: that is too many ways rather than too few. */
function endsWord(sign: string): boolean {
  return sign <= "\u007F" && !/[a-z\d']/i.test(sign);
}
