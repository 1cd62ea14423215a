import { GraphError, isGraphError } from "../http/graph-error.ts";
import type { InstallSummaryPatch } from "../resource/install-summary.ts";
import type { JsonValue } from "../text/json-value.ts";
import { notFit, requireNames } from "../text/require-members.ts";
import { decodeBody, parseBody, parsePlainText } from "./parse/body.ts";
import { parsePlainObject, toJsonValue } from "./parse/javascript-value.ts";
import { parseMembers, type ParsePatchOptions } from "./parse/members.ts";
import { readForeign } from "./parse/read-foreign.ts";

export type { ParsePatchOptions } from "./parse/members.ts";

/** What the safe variants return: zod's result shape, which can be destructured. */
export type SafeParsePatchResult =
  | { readonly success: true; readonly data: InstallSummaryPatch; readonly error?: undefined }
  | { readonly success: false; readonly error: GraphError; readonly data?: undefined };

/**
 * Parses a value as a patch. Throws one `GraphError` (400) with all its faults.
 *
 * Values on the wire are absolute whole numbers from 0 to 2147483647. A JavaScript number has lost its text:
 * use `parsePatchText` where the text still exists.
 */
export function parsePatch(value: unknown, options: ParsePatchOptions = {}): InstallSummaryPatch {
  return valueOrThrow(parseValue("parsePatch", value, options));
}

/**
 * Parses the text of a request body, UTF-8 where it is bytes, as a patch. Beyond what `parsePatch` sees it
 * rejects repeated names, nesting deeper than 16, lone surrogates, and numbers that are whole only after rounding to a
 * double. Throws `GraphError`: 400, or 413 over 64 KiB.
 */
export function parsePatchText(
  text: string | Uint8Array,
  options: ParsePatchOptions = {},
): InstallSummaryPatch {
  return valueOrThrow(parseText("parsePatchText", text, options));
}

/**
 * Parses a part of a JSON text that `parseJsonText` has parsed, such as the body of one request of a `$batch`. Its numbers
 * are judged by their text and repeated names are rejected, as in `parsePatchText`. Throws `GraphError` 400.
 */
export function parsePatchJson(value: JsonValue, options: ParsePatchOptions = {}): InstallSummaryPatch {
  requireOptions("parsePatchJson", options);
  return valueOrThrow(parseMembers(value, options));
}

/** `parsePatch` that returns its error. */
export function safeParsePatch(value: unknown, options: ParsePatchOptions = {}): SafeParsePatchResult {
  return toResult(() => parseValue("safeParsePatch", value, options));
}

/** `parsePatchText` that returns its error. */
export function safeParsePatchText(
  text: string | Uint8Array,
  options: ParsePatchOptions = {},
): SafeParsePatchResult {
  return toResult(() => parseText("safeParsePatchText", text, options));
}

// Faults of members are returned, because throwing is what costs most; a body that cannot be read throws.

function parseValue(
  call: string,
  value: unknown,
  options: ParsePatchOptions,
): InstallSummaryPatch | GraphError {
  requireOptions(call, options);
  const plain = readForeign("The patch", () => parsePlainObject(value));
  return (
    plain ??
    parseMembers(
      readForeign("The patch", () => toJsonValue(value)),
      options,
    )
  );
}

function parseText(
  call: string,
  text: string | Uint8Array,
  options: ParsePatchOptions,
): InstallSummaryPatch | GraphError {
  requireOptions(call, options);
  const body = decodeBody(text);
  return parsePlainText(body) ?? parseMembers(parseBody(body), options, body);
}

/** The call is the one that was made. */
function requireOptions(call: string, options: ParsePatchOptions): void {
  requireNames(`options of ${call}`, options, ["id"]);
  const id: unknown = options.id;
  if (id !== undefined && typeof id !== "string") throw notFit(`id of ${call}`, id, "a text");
}

function valueOrThrow(outcome: InstallSummaryPatch | GraphError): InstallSummaryPatch {
  if (outcome instanceof GraphError) throw outcome;
  return outcome;
}

function toResult(parse: () => InstallSummaryPatch | GraphError): SafeParsePatchResult {
  try {
    const outcome = parse();
    return outcome instanceof GraphError
      ? { success: false, error: outcome }
      : { success: true, data: outcome };
  } catch (error) {
    if (isGraphError(error)) return { success: false, error };
    throw error;
  }
}
