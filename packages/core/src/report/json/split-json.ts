import { graphError, type GraphError } from "../../http/graph-error.ts";
import { JsonTextError, parseJsonText } from "../../text/json-text.ts";
import type { JsonValue } from "../../text/json-value.ts";
import { formatPosition, positionAfter, startOfText } from "../../text/position.ts";
import { longestRow } from "../rows/report-row.ts";
import { continueScan, startScan } from "./scan-json-value.ts";

/** A part of a JSON object: one of the members asked for, the beginning of a list, or an element of that list. */
export type JsonPart =
  | { readonly kind: "member"; readonly name: string; readonly value: JsonValue }
  | { readonly kind: "list"; readonly name: string }
  | { readonly kind: "element"; readonly value: JsonValue; readonly length: number };

/** Which members of an object are asked for, in lower case. */
export interface AskedMembers {
  /** The one whose value, where it is a list, comes element by element. */
  readonly list: string;
  readonly others: readonly string[];
}

const mostDepth = 16;

const blank = /[ \t\n\r]*/y;

/**
 * Splits a JSON object into the members asked for, whose names are read without case and given in lower case. Holds no
 * more than a member or an element, and a text, at a time. Throws `GraphError` 400, naming line and column, where the
 * text is no JSON, a value is endless, or a member that is asked for is there twice.
 */
export async function* splitJson(
  texts: AsyncIterable<string>,
  asked: AskedMembers,
): AsyncGenerator<readonly JsonPart[]> {
  let text = "";
  let at = 0;
  let position = startOfText;
  let isWhole = false;
  let parts: JsonPart[] = [];
  const names = new Set([asked.list, ...asked.others]);
  const seen = new Set<string>();

  // Reads as far as the text goes, and waits at each `yield` for more of it.
  const reading = readObject();
  for await (const more of texts) {
    position = positionAfter(position, text.slice(0, at));
    text = text.slice(at) + more;
    at = 0;
    reading.next();
    if (parts.length > 0) yield parts;
    parts = [];
  }
  isWhole = true;
  reading.next();
  if (parts.length > 0) yield parts;

  function* readObject(): Generator<undefined, void> {
    if ((yield* peek()) === "[") throw refused(at, "has an array instead of an object");
    yield* take("{");
    if (!(yield* skip("}"))) {
      do yield* readMember();
      while (yield* skip(","));
      yield* take("}");
    }
    if ((yield* peek()) !== "") throw noJson(at);
  }

  function* readMember(): Generator<undefined, void> {
    const { value: written, length } = yield* readValue();
    if (typeof written !== "string") throw noJson(at);
    const name = written.toLowerCase();
    if (seen.has(name)) throw refused(at - length, `names '${written}' a second time`);
    if (names.has(name)) seen.add(name);
    yield* take(":");
    if (name === asked.list && (yield* peek()) === "[") yield* readList(name);
    else {
      const { value } = yield* readValue();
      if (names.has(name)) parts.push({ kind: "member", name, value });
    }
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
      if (continueScan(scan, text, at) || isWhole || scan.length > longestRow) break;
      yield;
    }
    const { length } = scan;
    if (length > longestRow) throw refused(at, `holds a value longer than ${longestRow} characters`);
    const value = parse(text.slice(at, at + length));
    at += length;
    return { value, length };
  }

  function parse(value: string): JsonValue {
    try {
      return parseJsonText(value, mostDepth, "keep");
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
    const where = formatPosition(positionAfter(position, text.slice(0, index)));
    return graphError("BadRequest", `The file ${what} at ${where}.`);
  }
}
