import type { JsonArray, JsonNumber, JsonObject, JsonValue } from "./json-value.ts";
import { formatPosition, positionAfter, startOfText, type Position } from "./position.ts";

/** Why a text cannot be read as JSON: it is not valid, it is nested too deeply, or a name appears twice in an object. */
export type JsonTextReason = "syntax" | "depth" | "duplicate";

/** A text cannot be read as JSON. */
export class JsonTextError extends Error {
  override readonly name = "JsonTextError";
  declare readonly reason: JsonTextReason;
  /** Where the fault is, in UTF-16 units from 0. */
  declare readonly index: number;
  declare readonly position: Position;

  /** `what` says what is there. */
  constructor(reason: JsonTextReason, text: string, index: number, what: string) {
    const position = positionAfter(startOfText, text.slice(0, index));
    super(`${what} at ${formatPosition(position)}.`);
    this.reason = reason;
    this.index = index;
    this.position = position;
  }
}

const blank = /[ \t\n\r]*/y;
const number = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const characters = /[^"\\\u0000-\u001f]+|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const literals = [["true", true] as const, ["false", false] as const, ["null", null] as const];

/**
 * Parses JSON (RFC 8259) and keeps what JSON.parse loses: repeated names and the text of numbers. Throws `JsonTextError`
 * for invalid JSON, for nesting deeper than `maxDepth`, and for lone surrogates unless they are to be kept.
 */
export function parseJsonText(
  text: string,
  maxDepth: number,
  loneSurrogates: "reject" | "keep" = "reject",
): JsonValue {
  let at = 0;

  const value = parseValue(maxDepth);
  skipBlank();
  if (at < text.length) fail();
  return value;

  function fail(reason: JsonTextReason = "syntax", index: number = at): never {
    throw new JsonTextError(reason, text, index, reason === "depth" ? "Too many levels" : "Invalid JSON");
  }

  function skipBlank(): void {
    match(blank);
  }

  function take(character: string): boolean {
    skipBlank();
    if (text[at] !== character) return false;
    at += 1;
    return true;
  }

  function parseValue(depthLeft: number): JsonValue {
    skipBlank();
    const first = text[at];
    if (first === '"') return parseString();
    if (first === "{" || first === "[") {
      if (depthLeft === 0) fail("depth");
      at += 1;
      return first === "{" ? parseObject(depthLeft - 1) : parseArray(depthLeft - 1);
    }
    for (const [literal, literalValue] of literals) {
      if (text.startsWith(literal, at)) {
        at += literal.length;
        return literalValue;
      }
    }
    return parseNumber();
  }

  function parseNumber(): JsonNumber {
    return { kind: "number", text: match(number) };
  }

  function parseArray(depthLeft: number): JsonArray {
    const items: JsonValue[] = [];
    if (take("]")) return { kind: "array", items };
    do items.push(parseValue(depthLeft));
    while (take(","));
    if (!take("]")) fail();
    return { kind: "array", items };
  }

  function parseObject(depthLeft: number): JsonObject {
    const members: [string, JsonValue, number, number, number][] = [];
    if (take("}")) return { kind: "object", members };
    do {
      skipBlank();
      const index = at;
      if (text[index] !== '"') fail();
      const name = parseString();
      if (!take(":")) fail();
      skipBlank();
      const start = at;
      members.push([name, parseValue(depthLeft), index, start, at]);
    } while (take(","));
    if (!take("}")) fail();
    return { kind: "object", members };
  }

  function parseString(): string {
    const start = at;
    at += 1;
    while (text[at] !== '"') match(characters);
    at += 1;
    const result = String(JSON.parse(text.slice(start, at)));
    if (loneSurrogates === "reject" && !result.isWellFormed()) fail("syntax", start);
    return result;
  }

  /** The text at this point that a pattern matches; without one the text is invalid. */
  function match(pattern: RegExp): string {
    pattern.lastIndex = at;
    const [found] = pattern.exec(text) ?? fail();
    at = pattern.lastIndex;
    return found;
  }
}
