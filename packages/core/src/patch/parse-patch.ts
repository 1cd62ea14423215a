import { isCounterName, type CounterName } from "../resource/counters.ts";
import { parseCounterText } from "../resource/counter-text.ts";
import { graphError, isGraphError, type GraphError } from "../http/graph-error.ts";
import { installSummaryType, type InstallSummaryPatch } from "../resource/install-summary.ts";
import { isJsonArray, isJsonObject, positionIn, type JsonValue } from "../text/json-text.ts";
import { readBodyText, readJavaScript, readJsonBody } from "./parse/body.ts";
import * as faults from "./parse/faults.ts";

/** What a body is read against. */
export interface ParsePatchOptions {
  /** The id of the app that the patch is for: a body that repeats it is accepted, another id is a fault. */
  readonly id?: string;
}

/** The outcome of the safe twins, as zod's pair. */
export type SafeParsePatchResult =
  | { readonly success: true; readonly data: InstallSummaryPatch }
  | { readonly success: false; readonly error: GraphError };

/**
 * Reads a value as a patch. All its faults are collected into one `GraphError` (400), which is thrown.
 *
 * Values on the wire are absolute whole numbers from 0 to 2147483647. A JavaScript number has lost its text:
 * use `parsePatchText` where the text still exists.
 */
export function parsePatch(value: unknown, options: ParsePatchOptions = {}): InstallSummaryPatch {
  return readPatch(readJavaScript(value), options);
}

/**
 * Reads the text of a request body, UTF-8 where it is bytes, as a patch. Beyond what `parsePatch` sees it
 * refuses repeated names, nesting deeper than 16, lone surrogates, and numbers that only a double would take
 * for whole ones. Throws `GraphError`: 400, or 413 over 64 KiB.
 */
export function parsePatchText(
  text: string | Uint8Array,
  options: ParsePatchOptions = {},
): InstallSummaryPatch {
  const body = readBodyText(text);
  return readPatch(readJsonBody(body), options, body);
}

/**
 * Reads a part of a JSON text that `parseJsonText` has read, such as the body of one request of a `$batch`. Its numbers
 * are judged by their text and repeated names are refused, as `parsePatchText` does. Throws `GraphError` 400.
 */
export function parsePatchJson(value: JsonValue, options: ParsePatchOptions = {}): InstallSummaryPatch {
  return readPatch(value, options);
}

/** `parsePatch` with its error as a value. */
export function safeParsePatch(value: unknown, options: ParsePatchOptions = {}): SafeParsePatchResult {
  return settle(() => parsePatch(value, options));
}

/** `parsePatchText` with its error as a value. */
export function safeParsePatchText(
  text: string | Uint8Array,
  options: ParsePatchOptions = {},
): SafeParsePatchResult {
  return settle(() => parsePatchText(text, options));
}

function settle(parse: () => InstallSummaryPatch): SafeParsePatchResult {
  try {
    return { success: true, data: parse() };
  } catch (error) {
    if (isGraphError(error)) return { success: false, error };
    throw error;
  }
}

function readPatch(body: JsonValue, options: ParsePatchOptions, text?: string): InstallSummaryPatch {
  if (!isJsonObject(body)) {
    const node = isJsonArray(body) ? "StartArray" : "PrimitiveValue";
    throw graphError("BadRequest", faults.unexpectedNode(node, "StartObject"));
  }
  const patch: { [Name in CounterName]?: number } = {};
  const found: faults.PatchFault[] = [];
  const seen = new Set<string>();
  for (const [name, value, at = 0] of body.members) {
    // Nobody is shown more, and looking for help takes its time.
    const isShown = found.length < faults.mostDetails;
    const fault = seen.has(name)
      ? faults.repeatedProperty(name, isShown && text !== undefined ? positionIn(text, at) : undefined)
      : judge(name, value, isShown);
    seen.add(name);
    if (fault !== undefined) found.push(fault);
  }
  const [first, ...others] = found;
  if (first !== undefined) throw faults.faultsError([first, ...others]);
  return patch;

  function judge(name: string, value: JsonValue, isShown: boolean): faults.PatchFault | undefined {
    if (isCounterName(name)) {
      const read = readCounter(name, value);
      if (typeof read !== "number") return read;
      patch[name] = read;
      return undefined;
    }
    if (name === "id")
      return isSameId(value, options.id) ? undefined : faults.idCannotChange(options.id, value);
    if (name === "@odata.type") return isOurType(value) ? undefined : faults.unknownType(value);
    if (name.includes("@")) return undefined;
    return faults.unknownProperty(name, isShown);
  }
}

function readCounter(name: CounterName, value: JsonValue): number | faults.PatchFault {
  if (value === null) return faults.isNull(name);
  if (typeof value !== "object") return faults.notAnInteger(name, value);
  if (value.kind !== "number") return faults.notPrimitive(name, value);
  const reading = parseCounterText(value.text);
  if (reading.kind === "value") return reading.value;
  return reading.kind === "range" ? faults.outOfRange(name, value.text) : faults.notAnInteger(name, value);
}

function isSameId(value: JsonValue, id: string | undefined): boolean {
  return typeof value === "string" && (id === undefined || value.toLowerCase() === id.toLowerCase());
}

function isOurType(value: JsonValue): boolean {
  return value === installSummaryType || value === installSummaryType.slice(1);
}
