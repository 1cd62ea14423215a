import { graphError, type GraphError } from "../../http/graph-error.ts";
import { asciiLowerCase } from "../../text/ascii-case.ts";
import { decodeUtf8 } from "../../text/decode-utf8.ts";
import { JsonTextError, parseJsonText } from "../../text/json-text.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../../text/json-value.ts";
import { visibleText } from "../../text/visible-text.ts";
import { countMarks } from "./count-marks.ts";

/** Bodies have at most 16 levels of their own, below the three of the batch. */
const maxDepth = 100;

/**
 * The maximum number of commas and opening brackets in a batch outside its strings, and so of its values. Bodies of summaries
 * have far fewer; a batch could have half a million values, and nobody else would be served while they are read.
 */
const maxMarks = 40_000;

/** Decodes the bytes of a batch. Throws the 400 for invalid UTF-8. */
export function decodeBatch(bytes: Uint8Array): string {
  const text = decodeUtf8(bytes);
  if (text === undefined) throw invalidBatch("it is not valid UTF-8");
  return text;
}

/**
 * Parses the text of a batch as JSON. Lone surrogates are kept, since in the body of an item they are that item's fault.
 * Throws the 400 for a text that is not JSON, and for one that has too many values.
 */
export function parseBatchJson(text: string): JsonValue {
  if (countMarks(text) > maxMarks) {
    throw invalidBatch(`it has more than ${maxMarks} commas and brackets`);
  }
  try {
    return parseJsonText(text, maxDepth, "keep");
  } catch (error) {
    if (!(error instanceof JsonTextError)) throw error;
    throw invalidBatch(error.message.replace(/\.$/, ""));
  }
}

/** A member of an object, and where its value is in the text. */
export interface Member {
  readonly value: JsonValue;
  readonly start: number | undefined;
  readonly end: number | undefined;
}

/** The members of an object by their names. A misspelt one is refused: it might be a condition that would be lost. */
export function parseMembers(
  { members }: JsonObject,
  known: readonly string[],
  place: string,
): ReadonlyMap<string, Member> {
  const found = new Map<string, Member>();
  for (const [name, value, , start, end] of members) {
    if (name.includes("@")) continue;
    if (!known.includes(name)) throw invalidBatch(`${place} has a member '${shown(name)}' that is not known`);
    if (found.has(name)) throw invalidBatch(`'${name}' of ${place} is repeated`);
    found.set(name, { value, start, end });
  }
  return found;
}

/** The text of a member. Throws the 400 for any other value, and for a member that is missing. */
export function textMember(members: ReadonlyMap<string, Member>, name: string, place: string): string {
  const value = members.get(name)?.value;
  if (typeof value === "string" && value.isWellFormed()) return value;
  throw invalidBatch(`'${name}' of ${place} is not a text`);
}

/**
 * Parses the headers of an item, by their names in lower case. Throws the 400 for one that is not a text, and for a repeated
 * one.
 */
export function parseHeaders(value: JsonValue, place: string): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  if (value !== null && !isJsonObject(value))
    throw invalidBatch(`'headers' of ${place} is not a JSON object`);
  for (const [name, text] of value?.members ?? []) {
    if (typeof text !== "string") {
      throw invalidBatch(`the header '${shown(name)}' of ${place} is not a text`);
    }
    const key = asciiLowerCase(name);
    if (headers.has(key)) throw invalidBatch(`the header '${shown(name)}' of ${place} is repeated`);
    headers.set(key, text.trim());
  }
  return headers;
}

/** The 400 for a fault of the batch as a whole. */
export function invalidBatch(why: string): GraphError {
  return graphError("BadRequest", `Invalid batch payload: ${why}.`);
}

/** A text from the batch, as a message shows it. */
export function shown(text: string): string {
  return visibleText(text, 64);
}
