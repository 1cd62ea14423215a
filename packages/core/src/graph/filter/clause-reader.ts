import { graphError, type GraphError } from "../../http/graph-error.ts";
import { isSameName } from "../../text/ascii-case.ts";
import { visibleText } from "../../text/visible-text.ts";
import { splitTokens, type Token } from "./tokens.ts";

/** Reads the tokens of a clause from left to right. */
export interface ClauseReader {
  /** The next token, which stays the next. */
  peek(): Token;
  /** Takes the next token. */
  next(): Token;
  /** Takes the next token if it is this sign, or a word of this name in any case. */
  takes(expected: string): boolean;
  /** Takes the next token, which must be this sign. Throws `GraphError` 400. */
  expect(sign: "(" | ")" | ","): void;
  /** Whether the next two tokens are a word and an open bracket. */
  isCall(): boolean;
  /** Counts the next token as a part. Throws `GraphError` 400 for one too many, which also bounds how deep parts nest. */
  countPart(): void;
  /** The 400 that says what is wrong with a token, and what to do. */
  fail(why: string, token: Token, help?: string): GraphError;
  /** The 400 for a token in the place of something else. */
  unexpected(expected: string): GraphError;
}

const maxParts = 128;

/** Reads a clause of `$filter` or `$orderby`. Positions in messages count characters from 1. */
export function openClause(kind: "filter" | "order", clause: string): ClauseReader {
  const tokens = splitTokens(clause);
  let index = 0;
  let parts = 0;
  const end: Token = { kind: "end", text: "", at: clause.length };
  const at = (offset: number): Token => tokens[index + offset] ?? end;
  const peek = (): Token => at(0);
  const takes = (expected: string): boolean => {
    const { kind: found, text } = peek();
    const isTaken = found === expected || (found === "word" && isSameName(text, expected));
    if (isTaken) index += 1;
    return isTaken;
  };
  const fail = (why: string, token: Token, help?: string): GraphError => {
    const position = Array.from(clause.slice(0, token.at)).length + 1;
    const message = `Invalid ${kind} clause: ${why} at position ${position}.`;
    return graphError("BadRequest", help === undefined ? message : `${message} ${help}`, {
      innerCode: "invalidQueryOption",
    });
  };
  const unexpected = (expected: string): GraphError => {
    const token = peek();
    return fail(`${expected} is expected, and ${describe(token)} is there`, token, helpWith(token));
  };
  return {
    peek,
    next() {
      const token = peek();
      index += 1;
      return token;
    },
    takes,
    expect(sign) {
      if (!takes(sign)) throw unexpected(`'${sign}'`);
    },
    countPart() {
      parts += 1;
      if (parts > maxParts) throw fail(`The clause has more than ${maxParts} parts`, peek());
    },
    isCall: () => peek().kind === "word" && at(1).kind === "(",
    fail,
    unexpected,
  };
}

function describe({ kind, text }: Token): string {
  if (kind === "end") return "the end";
  return kind === "text" ? "a text" : `'${visibleText(text, 64)}'`;
}

function helpWith({ kind, text }: Token): string | undefined {
  if (kind !== "other") return undefined;
  if (text === "'") return "The text that begins there has no quote at its end.";
  return /["“”‘’`]/.test(text) ? "A text is written in single quotes: 'text'." : undefined;
}
