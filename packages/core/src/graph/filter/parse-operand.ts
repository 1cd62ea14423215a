import type { Operand } from "../../store/app-filter.ts";
import { textKey } from "../../store/text-key.ts";
import { timeKey } from "../../store/time-key.ts";
import { isSameName } from "../../text/ascii-case.ts";
import { visibleText } from "../../text/visible-text.ts";
import type { ClauseReader } from "./clause-reader.ts";
import { findPath, type ValueType } from "./find-path.ts";
import type { Token } from "./tokens.ts";

/** An operand with the type of its values, and where it is written. */
export interface TypedOperand {
  readonly operand: Operand;
  readonly type: ValueType;
  readonly token: Token;
  /** The texts that a value of an enumeration can be. */
  readonly members?: readonly string[] | undefined;
}

/** Parses a path, a literal, or `tolower` of one, which changes nothing: texts compare without case. */
export function parseOperand(reader: ClauseReader): TypedOperand {
  if (!reader.isCall())
    return isWord(reader.peek()) ? parsePath(reader) : parseLiteral(reader, "A property or a value");
  reader.countPart();
  const name = reader.next();
  if (!isSameName(name.text, "tolower")) throw wrongFunction(reader, name);
  reader.expect("(");
  const inside = parseOperand(reader);
  if (inside.type !== "text" && inside.type !== "null")
    throw reader.fail("tolower takes a text", inside.token);
  reader.expect(")");
  return inside;
}

function wrongFunction(reader: ClauseReader, name: Token): Error {
  const fault = /^(?:contains|startswith|endswith|isof)$/i.test(name.text) ? "Misplaced" : "Unknown";
  const help =
    "The functions are contains, startswith, endswith and isof, alone or in front of 'eq true', and tolower.";
  return reader.fail(`${fault} function '${visibleText(name.text, 64)}'`, name, help);
}

/** Parses a literal: a text, a number, a time, `true`, `false` or `null`. Throws `GraphError` 400 for anything else. */
export function parseLiteral(reader: ClauseReader, expected = "A value"): TypedOperand {
  const token = reader.peek();
  const known = findLiteral(token);
  if (known === undefined) throw wrongLiteral(reader, token, expected);
  reader.next();
  const [type, value] = known;
  return { operand: { kind: "value", value }, type, token };
}

function parsePath(reader: ClauseReader): TypedOperand {
  const token = reader.next();
  const { path, type, members } = findPath(reader, token);
  return { operand: path ?? { kind: "value", value: null }, type, token, members };
}

/** Whether a token is the name of something. */
function isWord(token: Token): boolean {
  return token.kind === "word" && findLiteral(token) === undefined;
}

type Literal = readonly [type: ValueType, value: string | number | null];

function findLiteral({ kind, text }: Token): Literal | undefined {
  if (kind === "text") return ["text", textKey(text)];
  if (kind === "word") return words.find(([word]) => isSameName(text, word))?.[1];
  if (kind !== "literal") return undefined;
  if (/^[+-]?[0-9]+$/.test(text)) {
    // `-0` is 0 in a database.
    return Number.isSafeInteger(Number(text)) ? ["number", Number(text) + 0] : undefined;
  }
  const time = timeKey(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00Z` : text);
  return time === undefined ? undefined : ["time", time];
}

const words: readonly (readonly [word: string, literal: Literal])[] = [
  ["null", ["null", null]],
  ["true", ["boolean", 1]],
  ["false", ["boolean", 0]],
];

function wrongLiteral(reader: ClauseReader, token: Token, expected: string): Error {
  if (token.kind === "literal") {
    const shown = `'${visibleText(token.text, 64)}'`;
    if (/^[+-]?[0-9]+$/.test(token.text)) {
      const { MIN_SAFE_INTEGER, MAX_SAFE_INTEGER } = Number;
      return reader.fail(`${shown} is not between ${MIN_SAFE_INTEGER} and ${MAX_SAFE_INTEGER}`, token);
    }
    if (Number.isFinite(Number(token.text))) {
      return reader.fail(`${shown} is not written as a whole number`, token, "Write its digits alone.");
    }
    const why = `${shown} is neither a whole number nor a time`;
    const help = "A time is written as 2024-09-30T13:47:10Z, a text in single quotes.";
    return reader.fail(why, token, help);
  }
  return reader.unexpected(expected);
}
