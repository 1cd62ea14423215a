import { visibleText } from "../../text/visible-text.ts";
import { isSameName } from "../../text/ascii-case.ts";
import type { SearchTerm } from "../../store/store.ts";
import { invalidQueryOption } from "./query-options.ts";

const maxTerms = 20;

/**
 * Parses a `$search`: words, and phrases in double quotes, all of which must be found in the name or the publisher. `AND`
 * between them changes nothing. Graph's form `"displayName:word"` looks in that property alone. Throws `GraphError` 400
 * for every other form, since an empty page would say that there is no such app.
 */
export function parseSearch(text: string): readonly SearchTerm[] {
  const tokens = split(text.trim());
  const terms = tokens.filter((token, index) => !isConnective(token, index, tokens)).map(parseTerm);
  const wanted = terms.filter(({ word }) => word !== "");
  if (wanted.length === 0) throw invalidQueryOption("The $search query option holds no word.");
  if (wanted.length > maxTerms) {
    throw invalidQueryOption(`The $search query option holds more than ${maxTerms} words.`);
  }
  return wanted;
}

interface Token {
  readonly text: string;
  readonly isQuoted: boolean;
}

function split(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let rest = text;
  while (rest !== "") {
    const [found, phrase, word] = /^(?:"([^"]*)"|([^\s"]+))\s*/.exec(rest) ?? [];
    if (found === undefined) throw invalidQueryOption("A quote in the $search query option is not closed.");
    tokens.push({ text: (phrase ?? word ?? "").trim(), isQuoted: phrase !== undefined });
    rest = rest.slice(found.length);
  }
  return tokens;
}

/** Whether a token is an AND between two others. Throws `GraphError` 400 for one in another place. */
function isConnective(token: Token, index: number, tokens: readonly Token[]): boolean {
  if (!isAnd(token)) return false;
  if (isAnd(tokens[index - 1] ?? token) || index === tokens.length - 1) throw notServed("AND");
  return true;
}

function isAnd({ text, isQuoted }: Token): boolean {
  return text === "AND" && !isQuoted;
}

function parseTerm({ text, isQuoted }: Token): SearchTerm {
  if (!isQuoted && /^(?:OR|NOT|AND|\(.*|:.*|.*[)*])$/.test(text)) throw notServed(text);
  if (!isQuoted) checkWritten(text);
  const [, named, word = ""] =
    /^(displayName(?= *:)|publisher(?= *:)|[a-z][a-z0-9_./@]*(?=:)) *:(.*)$/is.exec(text) ?? [];
  if (named === undefined) return { word: text };
  const property = searched.find((name) => isSameName(name, named));
  if (property === undefined) {
    throw invalidQueryOption(
      `The $search query option looks in displayName and publisher, and not in '${visibleText(named, 64)}'.`,
    );
  }
  if (word.trim() === "") throw invalidQueryOption(`The $search query option holds no word for ${property}.`);
  if (otherQuotes.test(word.trim())) throw otherQuote(word.trim());
  return { property, word: word.trim() };
}

const searched = ["displayName", "publisher"] as const;

/** Throws for a word in quotes that are no quotes here, and for one that was percent-encoded twice. */
function checkWritten(text: string): void {
  if (/^['‘’“”„«`]/.test(text)) throw otherQuote(text);
  if (!/%(?:25)*[2-7][0-9a-f]/i.test(text)) return;
  throw invalidQueryOption(
    `The $search query option holds '${visibleText(text, 64)}': that looks percent-encoded twice. Encode the URL once, or put the word in double quotes.`,
  );
}

const otherQuotes = /^(?:'.*'|[‘’“”„].*[‘’“”]|«.*»|`.*`)$/s;

function otherQuote(text: string): Error {
  return invalidQueryOption(
    `The $search query option takes phrases in double quotes, "…", and not in other ones: '${visibleText(text, 64)}'.`,
  );
}

function notServed(text: string): Error {
  return invalidQueryOption(
    `The $search query option does not support '${visibleText(text, 64)}' here. It takes words, phrases in quotes, and AND between them, and finds a word anywhere in a name. Put one with a sign in quotes.`,
  );
}
