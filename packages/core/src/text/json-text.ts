/** A JSON number as it was written, before any conversion to a double. */
export interface JsonNumber {
  readonly kind: "number";
  readonly text: string;
}

/** A JSON array. */
export interface JsonArray {
  readonly kind: "array";
  readonly items: readonly JsonValue[];
}

/** A JSON object with its members as they were written: in order, repeated names included. */
export interface JsonObject {
  readonly kind: "object";
  /** `at` is where in the text the name begins, where there is a text. */
  readonly members: readonly (readonly [name: string, value: JsonValue, at?: number])[];
}

/** A JSON value that has kept what JSON.parse loses: repeated names and the text of numbers. */
export type JsonValue = null | boolean | string | JsonNumber | JsonArray | JsonObject;

/** Whether a value is a JSON object. */
export function isJsonObject(value: JsonValue): value is JsonObject {
  return typeof value === "object" && value?.kind === "object";
}

/** Whether a value is a JSON array. */
export function isJsonArray(value: JsonValue): value is JsonArray {
  return typeof value === "object" && value?.kind === "array";
}

/** Why a text is no JSON, and where. */
export class JsonTextError extends Error {
  override readonly name = "JsonTextError";
  readonly reason: "syntax" | "depth";
  /** In UTF-16 units, from 0. */
  readonly index: number;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;

  constructor(reason: "syntax" | "depth", text: string, index: number) {
    const { line, column } = positionIn(text, index);
    super(`line ${line}, column ${column}`);
    this.reason = reason;
    this.index = index;
    this.line = line;
    this.column = column;
  }
}

/** A place in a text as people count it: from 1, columns in UTF-16 units. */
export function positionIn(text: string, index: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, index).split("\n");
  return { line: before.length, column: (before.at(-1) ?? "").length + 1 };
}

const blank = /[ \t\n\r]*/y;
const number = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const plainText = /[^"\\\u0000-\u001f]*/y;
const words = [["true", true] as const, ["false", false] as const, ["null", null] as const];
const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};

/**
 * Reads JSON (RFC 8259) without losing what JSON.parse loses: repeated names and the text of numbers. Lone
 * surrogates are refused unless `surrogates` says otherwise. Throws `JsonTextError`; nesting deeper than `depth` is one.
 */
export function parseJsonText(
  text: string,
  depth: number,
  surrogates: "refused" | "kept" = "refused",
): JsonValue {
  let at = 0;

  const value = readValue(depth);
  skipBlank();
  if (at < text.length) fail();
  return value;

  function fail(reason: "syntax" | "depth" = "syntax", index: number = at): never {
    throw new JsonTextError(reason, text, index);
  }

  function skipBlank(): void {
    blank.lastIndex = at;
    blank.test(text);
    at = blank.lastIndex;
  }

  function take(character: string): boolean {
    skipBlank();
    if (text[at] !== character) return false;
    at += 1;
    return true;
  }

  function readValue(left: number): JsonValue {
    skipBlank();
    const first = text[at];
    if (first === '"') return readString();
    if (first === "{" || first === "[") {
      if (left === 0) fail("depth");
      at += 1;
      return first === "{" ? readObject(left - 1) : readArray(left - 1);
    }
    for (const [word, meaning] of words) {
      if (text.startsWith(word, at)) {
        at += word.length;
        return meaning;
      }
    }
    return readNumber();
  }

  function readNumber(): JsonNumber {
    number.lastIndex = at;
    const found = number.exec(text)?.[0];
    if (found === undefined) fail();
    at = number.lastIndex;
    return { kind: "number", text: found };
  }

  function readArray(left: number): JsonArray {
    const items: JsonValue[] = [];
    if (take("]")) return { kind: "array", items };
    do items.push(readValue(left));
    while (take(","));
    if (!take("]")) fail();
    return { kind: "array", items };
  }

  function readObject(left: number): JsonObject {
    const members: [string, JsonValue, number][] = [];
    if (take("}")) return { kind: "object", members };
    do {
      skipBlank();
      const start = at;
      if (text[start] !== '"') fail();
      const name = readString();
      if (!take(":")) fail();
      members.push([name, readValue(left), start]);
    } while (take(","));
    if (!take("}")) fail();
    return { kind: "object", members };
  }

  function readString(): string {
    const start = at;
    at += 1;
    let result = "";
    for (;;) {
      plainText.lastIndex = at;
      plainText.test(text);
      result += text.slice(at, plainText.lastIndex);
      at = plainText.lastIndex;
      if (text[at] === '"') break;
      if (text[at] !== "\\") fail();
      result += readEscape();
    }
    at += 1;
    if (surrogates === "refused" && !result.isWellFormed()) fail("syntax", start);
    return result;
  }

  function readEscape(): string {
    const letter = text[at + 1] ?? "";
    if (letter === "u") {
      const digits = text.slice(at + 2, at + 6);
      if (!/^[0-9a-fA-F]{4}$/.test(digits)) fail();
      at += 6;
      return String.fromCharCode(Number.parseInt(digits, 16));
    }
    const meaning = escapes[letter];
    if (meaning === undefined) fail();
    at += 2;
    return meaning;
  }
}
