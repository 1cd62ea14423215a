import type { GraphError } from "../../http/graph-error.ts";
import { JsonTextError, parseJsonText } from "../../text/json-text.ts";
import type { JsonValue } from "../../text/json-value.ts";
import { visibleText } from "../../text/visible-text.ts";
import { formatPosition, positionAfter, startOfText } from "../../text/position.ts";
import { maxRowLength } from "../rows/report-row.ts";
import { continueScan, startScan } from "./find-value-end.ts";
import { longestMember } from "./longest-member.ts";
import { unreadable } from "../input/unreadable.ts";

// A report is read while it arrives, in bounded memory whatever its size: only the end of each value is searched for in
// the stream, and `parseJsonText` then parses the value.

/** A part of a JSON text: a member of its object, the start of the list, or an element of the list. */
export type JsonPart =
  | {
      readonly kind: "member";
      /** As it was written. */
      readonly name: string;
      readonly value: JsonValue;
      readonly length: number;
    }
  | { readonly kind: "list"; readonly name: string }
  | { readonly kind: "element"; readonly value: JsonValue; readonly length: number };

/** The members of an object that have a meaning, by their names in lower case. */
export interface SelectedMembers {
  /** The names of the one member whose elements come one by one if it is a list. */
  readonly lists: readonly string[];
  readonly others: readonly string[];
}

const maxDepth = 16;

const blank = /[ \t\n\r]*/y;

/**
 * Parses a JSON object into its members, or a list into its elements. Names are compared without case. Holds at most one
 * member or element and one text at a time. Throws `GraphError` 400 with line and column for invalid JSON, for a value that
 * is too long or too deep, and for a selected member that appears twice.
 */
export async function* parseJsonParts(
  texts: AsyncIterable<string>,
  selected: SelectedMembers,
): AsyncGenerator<readonly JsonPart[]> {
  let text = "";
  let at = 0;
  let position = startOfText;
  let isWhole = false;
  let parts: JsonPart[] = [];
  const names = new Set([...selected.lists, ...selected.others]);
  const seen = new Set<string>();

  // Parses as far as the text goes, and waits at each `yield` for more.
  const parsing = parseWhole();
  for await (const more of texts) {
    position = positionAfter(position, text.slice(0, at));
    text = text.slice(at) + more;
    at = 0;
    parsing.next();
    if (parts.length > 0) yield parts;
    parts = [];
  }
  isWhole = true;
  parsing.next();
  if (parts.length > 0) yield parts;

  function* parseWhole(): Generator<undefined, void> {
    if ((yield* peek()) === "[") yield* parseList("");
    else yield* parseObject();
    const next = yield* peek();
    // Many tools print one value a line.
    if (next === "{" || next === "[")
      throw partsError(at, "has a second JSON value", " Write one list of all of them.");
    if (next !== "") throw invalidJson(at);
  }

  function* parseObject(): Generator<undefined, void> {
    yield* take("{");
    if (yield* skip("}")) return;
    do yield* parseMember();
    while (yield* skip(","));
    yield* take("}");
  }

  function* parseMember(): Generator<undefined, void> {
    const { value: name, length } = yield* parseValue();
    if (typeof name !== "string") throw invalidJson(at);
    const plainName = name.toLowerCase();
    const isList = selected.lists.includes(plainName);
    // The list has several possible names. A second list is refused under any of them: its rows would be another report's.
    const key = isList ? (selected.lists[0] ?? "") : plainName;
    if (seen.has(key)) throw partsError(at - length, `contains '${name}' twice, again`);
    if (names.has(key)) seen.add(key);
    yield* take(":");
    if (isList && (yield* peek()) === "[") yield* parseList(plainName);
    else {
      const value = yield* parseValue(`the member '${visibleText(name, 64)}'`);
      parts.push({ kind: "member", name, ...value });
    }
  }

  /** `name` is empty for a list that is the whole text. */
  function* parseList(name: string): Generator<undefined, void> {
    parts.push({ kind: "list", name });
    yield* take("[");
    if (!(yield* skip("]"))) {
      let row = 0;
      do {
        row += 1;
        const element = yield* parseValue(`row ${row}`);
        parts.push({ kind: "element", ...element });
      } while (yield* skip(","));
      yield* take("]");
    }
  }

  /** The next character that is not blank; empty at the end. */
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
    if (!(yield* skip(character))) throw invalidJson(at);
  }

  /** `what` names the value for people. */
  function* parseValue(
    what = "the name of a member",
  ): Generator<undefined, { readonly value: JsonValue; readonly length: number }> {
    const scan = startScan(yield* peek());
    for (;;) {
      if (continueScan(scan, text, at) || isWhole || scan.length > maxRowLength) break;
      yield;
    }
    const { length } = scan;
    if (length > maxRowLength) throw tooLong(what);
    const value = parseText(text.slice(at, at + length));
    at += length;
    return { value, length };
  }

  function parseText(value: string): JsonValue {
    try {
      return parseJsonText(value, maxDepth, "keep");
    } catch (error) {
      if (!(error instanceof JsonTextError)) throw error;
      if (error.reason === "depth") throw partsError(at, `has a value nested deeper than ${maxDepth}`);
      throw invalidJson(at + error.index);
    }
  }

  /** The error for the value that begins here. Pictures and notes, which no report has, are most of such a value. */
  function tooLong(what: string): GraphError {
    const member = longestMember(text.slice(at, at + maxRowLength));
    const help =
      member === undefined
        ? ` It is ${what}.`
        : ` It is ${what}, and most of it is '${visibleText(member, 64)}'. Leave it out, or shorten it.`;
    return partsError(at, `has a value longer than ${maxRowLength} characters`, help);
  }

  function invalidJson(index: number): GraphError {
    return partsError(index, index >= text.length ? "ends unexpectedly" : "is not valid JSON");
  }

  function partsError(index: number, what: string, help = ""): GraphError {
    const where = formatPosition(positionAfter(position, text.slice(0, index)));
    return unreadable(`The file ${what} at ${where}.${help}`);
  }
}
