import { graphError, type GraphError } from "../../http/graph-error.ts";
import { isCounterName, type CounterName } from "../../resource/counters.ts";
import type { InstallSummaryPatch } from "../../resource/install-summary.ts";
import { decodeUtf8 } from "../../text/decode-utf8.ts";
import { JsonTextError, parseJsonText } from "../../text/json-text.ts";
import type { JsonValue } from "../../text/json-value.ts";
import { objectKind } from "../../text/object-kind.ts";

const maxBytes = 64 * 1024;
const maxDepth = 16;

/**
 * Decodes a body, without its byte-order mark. Throws `GraphError`: 400 for invalid UTF-8 and for anything but a text or
 * bytes, 413 over 64 KiB.
 */
export function decodeBody(body: string | Uint8Array): string {
  if (typeof body !== "string" && !ArrayBuffer.isView(body)) {
    if (body === undefined) throw emptyPayload();
    throw graphError(
      "BadRequest",
      `A body is a text, or its bytes as a Uint8Array; got ${objectKind(body)}.`,
    );
  }
  if (byteLength(body) > maxBytes) {
    throw graphError("RequestEntityTooLarge", `The body is larger than ${maxBytes} bytes.`);
  }
  if (typeof body === "string") return body.startsWith("\uFEFF") ? body.slice(1) : body;
  const text = decodeUtf8(body);
  if (text === undefined) throw graphError("BadRequest", "The body is not valid UTF-8.");
  return text;
}

/** The bytes of a body, or 0 for a text that is too short to exceed the limit. */
function byteLength(body: string | Uint8Array): number {
  if (typeof body !== "string") return body.length;
  // A UTF-16 unit takes at most three bytes in UTF-8.
  return body.length * 3 <= maxBytes ? 0 : new TextEncoder().encode(body).length;
}

// Nearly every body holds nothing but counters with plain values. Such a body is checked exactly and at once; any other
// is left to the full parser, which gives the same patch for it or says what is wrong.

const begin = /[ \t\n\r]*\{/y;
const member = /[ \t\n\r]*"([A-Za-z]+)"[ \t\n\r]*:[ \t\n\r]*(0|[1-9][0-9]{0,8})[ \t\n\r]*([,}])/y;
const end = /[ \t\n\r]*$/y;

/** Parses a JSON text that has only counters, each once, with at most nine digits; undefined for any other text. */
export function parsePlainText(text: string): InstallSummaryPatch | undefined {
  begin.lastIndex = 0;
  if (!begin.test(text)) return undefined;
  member.lastIndex = begin.lastIndex;
  const patch: { [Name in CounterName]?: number } = {};
  for (;;) {
    const [, name = "", digits, separator] = member.exec(text) ?? [];
    if (!isCounterName(name) || patch[name] !== undefined) return undefined;
    patch[name] = Number(digits);
    if (separator === "}") break;
  }
  end.lastIndex = member.lastIndex;
  return end.test(text) ? patch : undefined;
}

/** Parses the text of a body as JSON. Throws `GraphError` 400 for invalid JSON and for too many levels. */
export function parseBody(text: string): JsonValue {
  // JSON knows four blank characters; any other makes the text invalid JSON.
  if (/^[ \t\n\r]*$/.test(text)) throw emptyPayload();
  try {
    return parseJsonText(text, maxDepth);
  } catch (error) {
    if (error instanceof JsonTextError) throw invalidBody(error);
    throw error;
  }
}

function invalidBody({ reason, message }: JsonTextError): GraphError {
  const rule =
    reason === "depth"
      ? `The body is nested deeper than ${maxDepth}.`
      : "Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.";
  return graphError("BadRequest", `${rule} ${message}`);
}

/** The error for a body without content. */
export function emptyPayload(): GraphError {
  return graphError("BadRequest", "Empty Payload. JSON content expected.");
}
