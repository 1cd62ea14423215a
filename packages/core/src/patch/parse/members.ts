import { graphError, type GraphError, type GraphErrorFault } from "../../http/graph-error.ts";
import { parseCounterText } from "../../resource/counter-text.ts";
import { isCounterName, type CounterName } from "../../resource/counters.ts";
import { installSummaryType, type InstallSummaryPatch } from "../../resource/install-summary.ts";
import { isJsonArray, isJsonObject, type JsonValue } from "../../text/json-value.ts";
import { positionAfter, startOfText, type Position } from "../../text/position.ts";
import * as faults from "./faults.ts";

/** What a body is read against. */
export interface ParsePatchOptions {
  /** The id of the app that the patch is for: a body that repeats it is accepted, another id is a fault. */
  readonly id?: string;
}

/**
 * Parses JSON as a patch, or collects every fault of its members into one error. `text` is the JSON as it was sent; with
 * it a repeated name is reported with its position.
 */
export function parseMembers(
  body: JsonValue,
  { id }: ParsePatchOptions,
  text?: string,
): InstallSummaryPatch | GraphError {
  if (!isJsonObject(body)) {
    const found = isJsonArray(body) ? "StartArray" : "PrimitiveValue";
    return graphError("BadRequest", faults.unexpectedNode(found, "StartObject"));
  }
  const patch: { [Name in CounterName]?: number } = {};
  const found: GraphErrorFault[] = [];
  const seen = new Set<string>();
  // From the last one on: a body may have many lines and many repeated names.
  let place = startOfText;
  let placedTo = 0;
  for (const [name, value, index = 0] of body.members) {
    // Beyond the limit faults are only counted, and looking for help would take time.
    const isListed = found.length < faults.maxDetails;
    const fault = seen.has(name)
      ? faults.repeatedProperty(name, isListed && text !== undefined ? placeOf(text, index) : undefined)
      : checkMember(name, value, isListed);
    seen.add(name);
    if (fault !== undefined) found.push(fault);
  }
  const [first, ...others] = found;
  return first === undefined ? patch : faults.faultsError([first, ...others]);

  function placeOf(whole: string, index: number): Position {
    place = positionAfter(place, whole.slice(placedTo, index));
    placedTo = index;
    return place;
  }

  function checkMember(name: string, value: JsonValue, withHelp: boolean): GraphErrorFault | undefined {
    if (isCounterName(name)) {
      const counter = parseCounter(name, value);
      if (typeof counter !== "number") return counter;
      patch[name] = counter;
      return undefined;
    }
    if (name === "id") return isSameId(value, id) ? undefined : faults.idCannotChange(id, value);
    if (name === "@odata.type") return isSummaryType(value) ? undefined : faults.unknownType(value);
    if (name.includes("@")) return undefined;
    return faults.unknownProperty(name, withHelp);
  }
}

function parseCounter(name: CounterName, value: JsonValue): number | GraphErrorFault {
  if (value === null) return faults.isNull(name);
  if (typeof value !== "object") return faults.notAnInteger(name, value);
  if (value.kind !== "number") return faults.notPrimitive(name, value);
  const counter = parseCounterText(value.text);
  if (counter.kind === "value") return counter.value;
  return counter.kind === "range" ? faults.outOfRange(name, value.text) : faults.notAnInteger(name, value);
}

function isSameId(value: JsonValue, id: string | undefined): boolean {
  return typeof value === "string" && (id === undefined || value.toLowerCase() === id.toLowerCase());
}

function isSummaryType(value: JsonValue): boolean {
  return value === installSummaryType || value === installSummaryType.slice(1);
}
