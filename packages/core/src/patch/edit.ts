import { graphError, type GraphErrorFault } from "../http/graph-error.ts";
import { aCount, isCount, isCounterName, type CounterName } from "../resource/counters.ts";
import { formatValue } from "../text/format-value.ts";
import { copyMembers, memberEntries } from "../text/members.ts";
import { hasMembers } from "../text/object-kind.ts";
import { readForeign } from "./parse/read-foreign.ts";
import { fault, faultsError, unknownProperty } from "./parse/faults.ts";

/** The edit of one counter: its new value, or how much to add to the current one. */
export type CounterEdit = number | { readonly add: number };

/**
 * An edit of some counters; a counter that is absent stays as it is. Every patch is an edit. `{ add: 5 }` says what is
 * meant: on another version of the summary it is added to the value there.
 */
export type InstallSummaryEdit = { readonly [Name in CounterName]?: CounterEdit | undefined };

/**
 * A copy of an edit of the summary with that id: each member is read once, and the copy holds nothing of the caller's.
 * Throws `GraphError` 400 with every fault: an unknown counter, a value out of range, an `add` that is not a whole
 * number. Whether a sum stays in range depends on the summary and is not checked.
 */
export function parseEdit(edit: unknown, id: string): InstallSummaryEdit {
  const faults: GraphErrorFault[] = [];
  const parsed: { [Name in CounterName]?: CounterEdit } = {};
  for (const [name, wanted] of readMembers(edit)) {
    // JSON leaves out undefined, and annotations are not properties.
    if (wanted === undefined || name.includes("@")) continue;
    if (name === "id") {
      const isSame = typeof wanted === "string" && wanted.toLowerCase() === id.toLowerCase();
      if (!isSame) faults.push(fault("id", name, `'id' cannot be changed. It is '${id}'.`));
    } else if (isCounterName(name)) {
      const counter = parseCounterEdit(name, wanted);
      if (typeof counter === "number" || "add" in counter) parsed[name] = counter;
      else faults.push(counter);
    } else {
      faults.push(unknownProperty(name, true));
    }
  }
  const [first, ...others] = faults;
  if (first !== undefined) throw faultsError([first, ...others]);
  return parsed;
}

function readMembers(edit: unknown): readonly [string, unknown][] {
  const members = readForeign("The edit", () =>
    hasMembers(edit)
      ? memberEntries(edit).map(([name, wanted]): [string, unknown] => [
          name,
          hasMembers(wanted) ? copyMembers(wanted) : wanted,
        ])
      : undefined,
  );
  if (members !== undefined) return members;
  throw graphError(
    "BadRequest",
    `An edit is an object like { failedUserCount: { add: -1 } }; got ${formatValue(edit)}.`,
  );
}

function parseCounterEdit(target: CounterName, wanted: unknown): CounterEdit | GraphErrorFault {
  const isRelative = hasMembers(wanted) && "add" in wanted && Object.keys(wanted).length === 1;
  const value = isRelative ? wanted.add : wanted;
  // Zero is added so that -0 becomes 0.
  if (isRelative && typeof value === "number" && Number.isInteger(value)) return { add: value + 0 };
  if (!isRelative && isCount(value)) return value + 0;
  const rule = isRelative
    ? `'add' of '${target}' must be a whole number and may be negative`
    : `'${target}' must be ${aCount}, or { add: n }`;
  const reason = value === null ? "null" : Number.isInteger(value) ? "range" : "type";
  return fault(reason, target, `${rule}; got ${formatValue(value)}.`);
}
