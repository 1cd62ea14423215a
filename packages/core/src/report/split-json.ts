import { graphError, type GraphError } from "../graph-error.ts";
import { JsonTextError, parseJsonText, type JsonValue } from "../json-text.ts";
import { countLines } from "./decode-text.ts";
import { continueScan, startScan } from "./scan-json-value.ts";

/** A part of a JSON object: a member, the beginning of a list, or an element of that list. */
export type JsonPart =
  | { readonly kind: "member"; readonly name: string; readonly value: JsonValue }
  | { readonly kind: "list"; readonly name: string }
  | { readonly kind: "element"; readonly value: JsonValue; readonly length: number };

const longestValue = 64 * 1024;
const sliceLength = 64 * 1024;
const mostDepth = 16;

const blank = /[ \t\n\r]*/y;

/**
 * Splits a JSON object into its members, and those that are lists and called `listName`, in any case, into their
 * elements. Holds no more than one of these at a time. Throws `GraphError` 400, naming line and column, where the
 * text is no JSON or a value is endless.
 */
export async function* splitJson(
  texts: AsyncIterable<string>,
  listName: string,
): AsyncGenerator<readonly JsonPart[]> {
  let text = "";
  let at = 0;
  // Where the text begins in the file.
  let line = 1;
  let column = 1;
  let isWhole = false;
  let parts: JsonPart[] = [];

  // Reads as far as the text goes, and waits at each `yield` for more of it.
  const reading = readObject();
  for await (const chunk of texts) {
    for (let from = 0; from < chunk.length; from += sliceLength) {
      ({ line, column } = placeOf(at));
      text = text.slice(at) + chunk.slice(from, from + sliceLength);
      at = 0;
      reading.next();
      if (parts.length > 0) yield parts;
      parts = [];
    }
  }
  isWhole = true;
  reading.next();
  if (parts.length > 0) yield parts;

  function* readObject(): Generator<undefined, void> {
    if ((yield* peek()) === "[") throw refused(at, "has an array instead of an object");
    yield* take("{");
    if ((yield* peek()) !== "}") {
      do {
        const { value: name } = yield* readValue();
        if (typeof name !== "string") throw noJson(at);
        yield* take(":");
        if (name.toLowerCase() === listName && (yield* peek()) === "[") yield* readList(name);
        else {
          const { value } = yield* readValue();
          parts.push({ kind: "member", name, value });
        }
      } while (yield* skip(","));
    }
    yield* take("}");
    if ((yield* peek()) !== "") throw noJson(at);
  }

  function* readList(name: string): Generator<undefined, void> {
    parts.push({ kind: "list", name });
    yield* take("[");
    if (!(yield* skip("]"))) {
      do {
        const element = yield* readValue();
        parts.push({ kind: "element", ...element });
      } while (yield* skip(","));
      yield* take("]");
    }
  }

  /** The next character that is not blank; none at the end. */
  function* peek(): Generator<undefined, string> {
    for (;;) {
      blank.lastIndex = at;
      blank.test(text);
      at = blank.lastIndex;
      const next = text[at];
      if (next !== undefined) return next;
      if (isWhole) return "";
      yield;
    }
  }

  function* skip(character: string): Generator<undefined, boolean> {
    const isNext = (yield* peek()) === character;
    if (isNext) at += 1;
    return isNext;
  }

  function* take(character: string): Generator<undefined, void> {
    if (!(yield* skip(character))) throw noJson(at);
  }

  function* readValue(): Generator<undefined, { readonly value: JsonValue; readonly length: number }> {
    const scan = startScan(yield* peek());
    for (;;) {
      if (continueScan(scan, text, at) || isWhole || scan.length > longestValue) break;
      yield;
    }
    const { length } = scan;
    if (length > longestValue) throw refused(at, `holds a value longer than ${longestValue} characters`);
    const value = parse(text.slice(at, at + length));
    at += length;
    return { value, length };
  }

  function parse(value: string): JsonValue {
    try {
      return parseJsonText(value, mostDepth, "kept");
    } catch (error) {
      if (!(error instanceof JsonTextError)) throw error;
      if (error.reason === "depth") throw refused(at, `holds a value nested deeper than ${mostDepth}`);
      throw noJson(at + error.index);
    }
  }

  function noJson(index: number): GraphError {
    return refused(index, index >= text.length ? "breaks off" : "stops being JSON");
  }

  function refused(index: number, what: string): GraphError {
    const place = placeOf(index);
    return graphError("BadRequest", `The file ${what} at line ${place.line}, column ${place.column}.`);
  }

  function placeOf(index: number): { readonly line: number; readonly column: number } {
    const before = text.slice(0, index);
    const lines = countLines(before);
    const sameLine = index - (before.lastIndexOf("\n") + 1);
    return { line: line + lines, column: lines === 0 ? column + sameLine : sameLine + 1 };
  }
}
