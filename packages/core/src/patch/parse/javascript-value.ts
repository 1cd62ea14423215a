import { graphError } from "../../http/graph-error.ts";
import { isCount, isCounterName, type CounterName } from "../../resource/counters.ts";
import type { InstallSummaryPatch } from "../../resource/install-summary.ts";
import type { JsonValue } from "../../text/json-value.ts";
import { memberEntries, memberNames } from "../../text/members.ts";
import { hasMembers, objectKind } from "../../text/object-kind.ts";
import { emptyPayload } from "./body.ts";

/**
 * Parses an object that has only counters with valid values, as nearly every one; undefined for any other value, which is
 * left to the full parser.
 */
export function parsePlainObject(value: unknown): InstallSummaryPatch | undefined {
  if (!hasMembers(value)) return undefined;
  const patch: { [Name in CounterName]?: number } = {};
  for (const name of memberNames(value)) {
    const count: unknown = Reflect.get(value, name);
    if (count === undefined) continue;
    if (!isCounterName(name) || !isCount(count)) return undefined;
    // Zero is added so that -0 becomes 0.
    patch[name] = count + 0;
  }
  return patch;
}

/**
 * Converts a JavaScript value to JSON: an object with its members, a value inside a member only by its kind, because a
 * patch is flat. Throws `GraphError` 400 for undefined, and for a map, a promise and the like, which JSON would write
 * as an empty object.
 */
export function toJsonValue(value: unknown): JsonValue {
  const json = toFlatValue(value);
  if (json === undefined) throw emptyPayload();
  if (typeof value !== "object" || value === null || Array.isArray(value)) return json;
  if (!hasMembers(value)) {
    throw graphError(
      "BadRequest",
      `A patch is an object like { failedUserCount: 4 }; got ${objectKind(value)}.`,
    );
  }
  const members: [string, JsonValue][] = [];
  for (const [name, member] of memberEntries(value)) {
    const memberJson = toFlatValue(member);
    if (memberJson !== undefined) members.push([name, memberJson]);
  }
  return { kind: "object", members };
}

/** Undefined stands for undefined: JSON leaves such a member out. */
function toFlatValue(value: unknown): JsonValue | undefined {
  if (value === null || typeof value === "boolean" || typeof value === "string") return value;
  // JSON would leave functions and symbols out in silence; as text they are reported as the fault that they are.
  if (typeof value === "function" || typeof value === "symbol") return String(value);
  if (typeof value === "number" || typeof value === "bigint") return { kind: "number", text: String(value) };
  if (Array.isArray(value)) return { kind: "array", items: [] };
  return typeof value === "object" ? { kind: "object", members: [] } : undefined;
}
