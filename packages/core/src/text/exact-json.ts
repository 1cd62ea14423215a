import { JsonTextError, parseJsonText } from "./json-text.ts";
import { isJsonArray, isJsonObject, type JsonNumber, type JsonObject, type JsonValue } from "./json-value.ts";
import { hasMembers } from "./object-kind.ts";
import { visibleText } from "./visible-text.ts";
import { parseWholeNumber } from "./whole-number.ts";

/** Responses of the contract have about five levels. */
const maxDepth = 100;

/**
 * Parses JSON into plain values, as JSON.parse does, without a value that the text does not have. Throws `JsonTextError`
 * for invalid JSON and for a name that appears twice in an object. A number that a double cannot hold, such as `1e400`, and
 * a fraction that it would round to a whole number, such as `6.00000000000000000001`, stay a `JsonNumber`.
 */
export function parseExactJson(text: string): unknown {
  return toPlain(parseJsonText(text, maxDepth, "keep"), text);
}

/**
 * `parseExactJson` for texts that may be long, such as pages. Where JSON.stringify writes the same text again, JSON.parse has
 * lost nothing of it. That is so for most servers, and costs a fraction of the time and memory of looking at each character.
 */
export function parseLongJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    if (isWithin(value, maxDepth) && JSON.stringify(value) === text) return value;
  } catch {
    // What is wrong with it is for the other parser to say.
  }
  return parseExactJson(text);
}

/** Whether a value has at most so many levels. */
function isWithin(value: unknown, depthLeft: number): boolean {
  if (typeof value !== "object" || value === null) return true;
  return depthLeft > 0 && Object.values(value).every((member) => isWithin(member, depthLeft - 1));
}

/** True for a number that `parseExactJson` has left as it was written. */
export function isRoundedNumber(value: unknown): value is JsonNumber {
  if (!hasMembers(value) || !("kind" in value && "text" in value)) return false;
  return value.kind === "number" && typeof value.text === "string";
}

function toPlain(value: JsonValue, text: string): unknown {
  if (isJsonArray(value)) return value.items.map((item) => toPlain(item, text));
  if (isJsonObject(value)) return toPlainObject(value, text);
  if (value === null || typeof value !== "object") return value;
  const number = Number(value.text);
  const isRounded = Number.isInteger(number)
    ? parseWholeNumber(value.text) === undefined
    : !Number.isFinite(number);
  return isRounded ? value : number;
}

function toPlainObject({ members }: JsonObject, text: string): object {
  const seen = new Set<string>();
  for (const [name, , index = 0] of members) {
    if (seen.has(name)) {
      throw new JsonTextError("duplicate", text, index, `'${visibleText(name, 64)}' is repeated`);
    }
    seen.add(name);
  }
  return Object.fromEntries(members.map(([name, member]) => [name, toPlain(member, text)]));
}
