import { graphError } from "../http/graph-error.ts";
import { counterMaximum, isCounterName, type CounterName } from "../resource/counters.ts";
import { hasMembers, objectKind } from "../text/object-kind.ts";
import { visibleText } from "../text/visible-text.ts";
import { faultsError, unknownProperty, type PatchFault } from "./parse/faults.ts";

/** The edit of one counter: its new value, or how much to add to the current one. */
export type CounterEdit = number | { readonly add: number };

/**
 * An edit of some counters; a counter that is absent stays as it is. Every patch is an edit. `{ add: 5 }` says what is
 * meant: on another version of the summary it is added to the value there.
 */
export type InstallSummaryEdit = { readonly [Name in CounterName]?: CounterEdit | undefined };

/**
 * Checks an edit of the summary with that id. Throws `GraphError` 400 with every fault: an unknown counter, a value out of
 * range, an `add` that is not a whole number. Whether a sum stays in range depends on the summary and is not checked.
 */
export function checkEdit(edit: unknown, id: string): void {
  if (!hasMembers(edit)) {
    throw graphError(
      "BadRequest",
      `An edit is an object like { failedUserCount: { add: -1 } }; got ${formatValue(edit)}.`,
    );
  }
  const [first, ...others] = Object.entries(edit).flatMap(
    ([name, wanted]) => checkMember(name, wanted, id) ?? [],
  );
  if (first !== undefined) throw faultsError([first, ...others]);
}

function checkMember(name: string, wanted: unknown, id: string): PatchFault | undefined {
  // JSON leaves out undefined, and annotations are not properties.
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
  return { target: name, message: `${rule}; got ${formatValue(value)}.` };
}

/** Formats a value for a sentence, shortened: an object by the names of its members, or by its kind. */
function formatValue(value: unknown): string {
  if (hasMembers(value)) return visibleText(`{ ${Object.keys(value).join(", ")} }`, 64);
  if (typeof value === "object" && value !== null) return objectKind(value);
  const text = visibleText(String(value), 64);
  return typeof value === "string" ? `"${text}"` : typeof value === "bigint" ? `${text}n` : text;
}
