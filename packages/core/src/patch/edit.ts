import { counterMaximum, isCounterName, type CounterName } from "../resource/counters.ts";
import { graphError } from "../http/graph-error.ts";
import { hasMembers, objectKind } from "../text/object-kind.ts";
import { faultsError, unknownProperty, type PatchFault } from "./parse/faults.ts";
import { visibleText } from "../text/visible-text.ts";

/** What is wanted of one counter: a value, or so much more or less than there is. */
export type CounterEdit = number | { readonly add: number };

/**
 * What is wanted of some counters; a counter that is absent stays as it is. A patch is an edit too. `{ add: 5 }` is
 * an intent: on another version of the summary it is counted again.
 */
export type InstallSummaryEdit = { readonly [Name in CounterName]?: CounterEdit | undefined };

/**
 * Throws `GraphError` 400 with every fault of what is no edit of the summary with that id: an unknown counter, a value
 * that no counter can have, an `add` that is no whole number. Whether a sum stays in range depends on the summary and
 * is no fault.
 */
export function checkEdit(edit: unknown, id: string): void {
  if (!hasMembers(edit)) {
    throw graphError(
      "BadRequest",
      `An edit is an object like { failedUserCount: { add: -1 } }; got ${shown(edit)}.`,
    );
  }
  const [first, ...others] = Object.entries(edit).flatMap(
    ([name, wanted]) => faultOf(name, wanted, id) ?? [],
  );
  if (first !== undefined) throw faultsError([first, ...others]);
}

function faultOf(name: string, wanted: unknown, id: string): PatchFault | undefined {
  // JSON would leave it out, and an annotation is no property.
  if (wanted === undefined || name.includes("@")) return undefined;
  if (name === "id") {
    return wanted === id ? undefined : { target: name, message: `'id' cannot be changed. It is '${id}'.` };
  }
  if (!isCounterName(name)) return unknownProperty(name, true);
  const isRelative = hasMembers(wanted) && "add" in wanted && Object.keys(wanted).length === 1;
  const value = isRelative ? wanted.add : wanted;
  const isInRange = typeof value === "number" && value >= 0 && value <= counterMaximum;
  if (Number.isInteger(value) && (isRelative || isInRange)) return undefined;
  const rule = isRelative
    ? `'add' of '${name}' must be a whole number and may be negative`
    : `'${name}' must be a whole number from 0 to ${counterMaximum}, or { add: n }`;
  return { target: name, message: `${rule}; got ${shown(value)}.` };
}

/** A value as a sentence names it, shortened; of an object the names of its members, or its kind. */
function shown(value: unknown): string {
  if (hasMembers(value)) return visibleText(`{ ${Object.keys(value).join(", ")} }`, 64);
  if (typeof value === "object" && value !== null) return objectKind(value);
  const text = visibleText(String(value), 64);
  return typeof value === "string" ? `"${text}"` : typeof value === "bigint" ? `${text}n` : text;
}
