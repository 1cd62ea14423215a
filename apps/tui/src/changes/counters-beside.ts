import { isJsonObject, visibleText, type JsonObject, type JsonValue } from "@install-summary/core/text";
import { exitCodes, UserError } from "@install-summary/command-line/errors";
import { findCounter, nearestCounterWord } from "../words/counter-words.ts";

/** Where an app in a JSON text may have its counters. */
export type SummaryPlace = "summary" | "installSummary";

/**
 * Throws `UserError` where an app has counters, or what looks like one, beside the summary that is read: they would be lost
 * without a word. Other members of an app are let be, since Graph adds to them.
 */
export function refuseCountersBeside(
  app: JsonObject,
  place: SummaryPlace,
  { text, argument }: { readonly text: string; readonly argument: string },
): void {
  const faults = app.members.flatMap(([name, value, index]) => {
    const what = name === place ? undefined : counterFault(name, value, place);
    return what === undefined ? [] : `line ${text.slice(0, index).split("\n").length}: ${what}`;
  });
  const [first] = faults;
  if (first === undefined) return;
  const more = faults.length === 1 ? "" : ` (and ${faults.length - 1} more)`;
  throw new UserError(`The JSON is refused: ${first}${more}`, {
    exit: exitCodes.refused,
    code: "ModelValidationFailure",
    target: place,
    argument,
    help: [`Leave counters only in '${place}', where they are read.`],
  });
}

function counterFault(name: string, value: JsonValue, place: SummaryPlace): string | undefined {
  const shown = visibleText(name, 64);
  if (holdsCounters(name, value)) {
    return `'${shown}' has counters beside '${place}': all of them belong into '${place}'.`;
  }
  const counter = counterNamed(name);
  if (counter === undefined) return undefined;
  const meant = counter === name ? "" : `, as '${counter}'`;
  return `'${shown}' is beside '${place}': a counter belongs into '${place}'${meant}.`;
}

/** Not lists: Graph has some of the states of single users, which count devices by the same names. */
function holdsCounters(name: string, value: JsonValue): boolean {
  if (!isJsonObject(value)) return false;
  const isPlace = name === "summary" || name === "installSummary";
  return isPlace || value.members.some(([member]) => counterNamed(member) !== undefined);
}

function counterNamed(name: string): string | undefined {
  if (name.includes("@")) return undefined;
  const exact = findCounter(name);
  if (exact !== undefined) return exact;
  const nearest = nearestCounterWord(name);
  return nearest === undefined ? undefined : findCounter(nearest);
}
