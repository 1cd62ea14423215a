import UFuzzy from "@leeoniya/ufuzzy";
import type { ListedApp } from "@install-summary/core/client";
import { nameOf } from "./sort.ts";

// Its own alphabet is Latin. Marks belong to the letters before them.
const letter = String.raw`\p{L}\p{M}`;
const options: UFuzzy.Options = {
  unicode: true,
  interSplit: `[^${letter}\\d']+`,
  intraSplit: String.raw`\p{Ll}\p{Lu}`,
  interBound: `[^${letter}\\d]`,
  intraBound: String.raw`\p{L}\d|\d\p{L}|\p{Ll}\p{Lu}`,
  intraChars: `[${letter}\\d']`,
  intraContr: String.raw`'\p{L}{1,2}\b`,
  intraIns: Infinity,
};

/** Finds the letters of a word inside one word: `acrbt` in Acrobat. */
const withinWords = new UFuzzy(options);
/** Finds them across words too, `vscode` in Visual Studio Code: asked only where the other finds nothing. */
const acrossWords = new UFuzzy({ ...options, intraChars: "." });

/** Several words are tried in other orders too, up to so many. */
const mostReordered = 3;
/** More matches than this are not ranked: they keep the list's own order. */
const mostRanked = 1000;
/** From this length on a text is looked for in ids. */
const shortestId = 4;

/** The places of the apps that words match: the best first, or not ranked where there are too many. */
export interface Matches {
  readonly places: readonly number[];
  readonly ranked: boolean;
}

/** Finds apps by name, publisher and id. */
export function findApps(apps: readonly ListedApp[], words: string): Matches {
  const texts = textsOf(apps);
  const [found, info, order] = search(texts, words) ?? [plainSearch(texts, words), null, null];
  const isRanked = found.length > 0 && order !== null;
  const byText = isRanked ? order.map((at) => info.idx[at] ?? 0) : found;
  const byId = idSearch(apps, words, new Set(byText));
  return { places: [...byText, ...byId], ranked: order !== null };
}

/** The parts of a name that words match, as pairs of from and to. */
export function matchedRanges(name: string, words: string): readonly (readonly [number, number])[] {
  if (words === "") return [];
  const result = search([oneLine(name)], words);
  if (result === undefined) {
    const from = name.toLowerCase().indexOf(words.toLowerCase());
    return from < 0 ? [] : [[from, from + words.length]];
  }
  // Where nothing is found the words stand in the publisher or the id.
  const ranges = result[0].length === 0 ? [] : (result[1]?.ranges[0] ?? []);
  const pairs: (readonly [number, number])[] = [];
  for (let index = 0; index + 1 < ranges.length; index += 2) {
    pairs.push([ranges[index] ?? 0, ranges[index + 1] ?? 0]);
  }
  return pairs;
}

type Found = UFuzzy.FilteredResult | UFuzzy.RankedResult;

/** Undefined where there is nothing in the words that it can search for: emoji, or signs alone. */
function search(texts: string[], words: string): Found | undefined {
  // Its expressions are made of single UTF-16 units, and know letters and digits only.
  if (withinWords.split(words).length === 0 || /[\u{10000}-\u{10ffff}]/u.test(words)) return undefined;
  const within = withinWords.search(texts, words, mostReordered, mostRanked);
  if (within[0] === null) return undefined;
  // There a minus would exclude all that follows.
  if (within[0].length > 0 || words.includes("-")) return within;
  const across = acrossWords.search(texts, words, mostReordered, mostRanked);
  return across[0] === null ? within : across;
}

function plainSearch(texts: readonly string[], words: string): number[] {
  const wanted = words.toLowerCase();
  const found: number[] = [];
  for (const [place, text] of texts.entries()) {
    if (text.toLowerCase().includes(wanted)) found.push(place);
  }
  return found;
}

function idSearch(
  apps: readonly ListedApp[],
  words: string,
  already: ReadonlySet<number>,
): readonly number[] {
  const wanted = words.toLowerCase();
  if (wanted.length < shortestId || !/^[0-9a-f-]+$/.test(wanted)) return [];
  const found: number[] = [];
  for (const [place, app] of apps.entries()) {
    if (!already.has(place) && app.id.includes(wanted)) found.push(place);
  }
  return found;
}

// Apps are replaced, never changed, so what is searched of them is made once.
const known = new WeakMap<readonly ListedApp[], string[]>();

function textsOf(apps: readonly ListedApp[]): string[] {
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
