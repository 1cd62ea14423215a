/** Fewer letters than this match too much. */
const minLetters = 3;
/** More letters are not the beginnings of a name's words. */
const maxLetters = 40;
const inWord = /[\p{L}\p{M}\d]/u;
const wordStart = String.raw`(?<![\p{L}\p{M}\d])`;

/** From where to where each letter is in a text that has them all. */
export type FindInitials = (text: string) => readonly (readonly [number, number])[] | undefined;

/**
 * What finds a word in the beginnings of others, `vscode` in Visual Studio Code: the first letter at the start of a word,
 * each other one right behind the letter before, or else at the earliest start of a later word that leads to the end.
 * Undefined for anything but a single word of some letters.
 */
export function initialsOf(text: string): FindInitials | undefined {
  const letters = text.match(/[\p{L}\d]\p{M}*/gu) ?? [];
  const isWord = letters.join("") === text;
  if (!isWord || letters.length < minLetters || letters.length > maxLetters) return undefined;
  // A letter and its marks are signs of their own, of which the marks are right behind.
  const typed = Array.from(text);
  const isMark = typed.map((sign) => /\p{M}/u.test(sign));
  const placesIn = placeFinder(typed);
  const mayFit = lettersTest(letters, typed);
  return (name) => {
    const places = mayFit.test(name) ? placesIn(name, isMark) : undefined;
    return places === undefined ? undefined : walk(name, places, isMark);
  };
}

/**
 * Finds all signs in their order, and each letter for itself, at the start of a word or behind the letter before: it tells of
 * most names that they do not fit, much faster than they are read letter by letter.
 */
function lettersTest(letters: readonly string[], typed: readonly string[]): RegExp {
  const inOrder = typed.map((sign) => `[^${sign}]*?${sign}`).join("");
  const looks = letters.map((letter, at) => {
    const before = at === 0 ? wordStart : `(?:${wordStart}|${letters[at - 1]})`;
    return `(?=.*?${before}${letter})`;
  });
  return new RegExp(`^(?=${inOrder})${looks.join("")}`, "iu");
}

/** Where a letter can be, so that all letters behind it have a place too: the last such place first. */
interface Places {
  readonly all: number[];
  /** Those of them that are at the start of a word. */
  readonly starts: number[];
}

type FindPlaces = (name: string, isMark: readonly boolean[]) => readonly Places[] | undefined;

/** Reads a name once, from its end, so that its time grows with its length and nothing is tried twice. */
function placeFinder(typed: readonly string[]): FindPlaces {
  const expressions = typed.map((sign) => new RegExp(`^${sign}$`, "iu"));
  const known = new Map<string, readonly number[]>();
  /** Which of the typed signs a sign is. */
  function lettersOf(sign: string): readonly number[] {
    const letters = known.get(sign);
    if (letters !== undefined) return letters;
    const found = expressions.flatMap((one, at) => (one.test(sign) ? [at] : []));
    known.set(sign, found);
    return found;
  }
  return (name, isMark) => {
    const places = typed.map((): Places => ({ all: [], starts: [] }));
    for (let end = name.length; end > 0;) {
      const sign = lastSign(name, end);
      const from = end - sign.length;
      const letters = lettersOf(sign);
      const isStart = letters.length > 0 && isWordStart(name, from);
      // The first letter first: what is behind this sign is still the last of the next letter's places.
      for (const at of letters) {
        const next = places[at + 1];
        const leadsOn = next === undefined || next.all.at(-1) === end;
        if (!leadsOn && (isMark[at + 1] === true || next.starts.length === 0)) continue;
        places[at]?.all.push(from);
        if (isStart) places[at]?.starts.push(from);
      }
      end = from;
    }
    return places[0]?.starts.length === 0 ? undefined : places;
  };
}

/** Takes for each letter the place right behind the one before, or else the earliest start of a word. */
function walk(name: string, places: readonly Places[], isMark: readonly boolean[]): [number, number][] {
  const found: [number, number][] = [];
  let end = 0;
  for (const [at, { all, starts }] of places.entries()) {
    const behind = end;
    const from =
      at > 0 && all.includes(behind) ? behind : (starts.findLast((start) => start >= behind) ?? behind);
    end = from + String.fromCodePoint(name.codePointAt(from) ?? 0).length;
    const before = isMark[at] === true ? found.pop() : undefined;
    found.push([before?.[0] ?? from, end]);
  }
  return found;
}

function lastSign(name: string, end: number): string {
  const sign = name.charAt(end - 1);
  if (sign < "\uDC00" || sign > "\uDFFF") return sign;
  const pair = name.slice(Math.max(0, end - 2), end);
  return (pair.codePointAt(0) ?? 0) > 0xffff ? pair : sign;
}

function isWordStart(name: string, at: number): boolean {
  return at === 0 || !inWord.test(lastSign(name, at));
}
