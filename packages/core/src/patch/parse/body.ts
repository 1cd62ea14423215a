import { graphError, type GraphError } from "../../http/graph-error.ts";
import { hasMembers, objectKind } from "../../text/object-kind.ts";
import { JsonTextError, parseJsonText, type JsonValue } from "../../text/json-text.ts";

const mostBytes = 64 * 1024;
const mostDepth = 16;

/** The text of a body. Throws `GraphError`: 400 where it is no UTF-8, 413 over 64 KiB. */
export function readBodyText(body: string | Uint8Array): string {
  // A text of n UTF-16 units has at most 3n bytes, so most texts need no second look.
  const bytes =
    typeof body !== "string"
      ? body.length
      : body.length * 3 <= mostBytes
        ? 0
        : new TextEncoder().encode(body).length;
  if (bytes > mostBytes) {
    throw graphError("RequestEntityTooLarge", `The body is larger than ${mostBytes} bytes.`);
  }
  if (typeof body === "string") return body.startsWith("\uFEFF") ? body.slice(1) : body;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(body);
  } catch {
    throw graphError("BadRequest", "The body is not valid UTF-8.");
  }
}

/** Reads the text of a body as JSON. Throws `GraphError` 400 where it is none. */
export function readJsonBody(text: string): JsonValue {
  // The four characters that JSON takes for blank; others make it no JSON.
  if (/^[ \t\n\r]*$/.test(text)) throw emptyPayload();
  try {
    return parseJsonText(text, mostDepth);
  } catch (error) {
    if (!(error instanceof JsonTextError)) throw error;
    const place = `line ${error.line}, column ${error.column}`;
    if (error.reason === "depth") {
      throw graphError(
        "BadRequest",
        `The body is nested deeper than ${mostDepth}. It becomes so at ${place}.`,
      );
    }
    throw graphError(
      "BadRequest",
      `Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format. It stops being JSON at ${place}.`,
    );
  }
}

/**
 * A JavaScript value as JSON has it, down to the members of an object: below them nothing is ever read, only their
 * kind. Throws `GraphError` 400 for a map, a promise and the like, which JSON would write as an object without members.
 */
export function readJavaScript(value: unknown): JsonValue {
  const read = readMember(value);
  if (read === undefined) throw emptyPayload();
  if (typeof value !== "object" || value === null || Array.isArray(value)) return read;
  if (!hasMembers(value)) {
    throw graphError(
      "BadRequest",
      `A patch is an object like { failedUserCount: 4 }; got ${objectKind(value)}.`,
    );
  }
  const members: [string, JsonValue][] = [];
  for (const [name, member] of Object.entries(value)) {
    const json = readMember(member);
    if (json !== undefined) members.push([name, json]);
  }
  return { kind: "object", members };
}

/** Undefined for undefined: a member that is left out. */
function readMember(value: unknown): JsonValue | undefined {
  if (value === null || typeof value === "boolean" || typeof value === "string") return value;
  // JSON has no word for these and would leave them out: as text they are the fault that they are.
  if (typeof value === "function" || typeof value === "symbol") return String(value);
  if (typeof value === "number" || typeof value === "bigint") return { kind: "number", text: String(value) };
  if (Array.isArray(value)) return { kind: "array", items: [] };
  return typeof value === "object" ? { kind: "object", members: [] } : undefined;
}

function emptyPayload(): GraphError {
  return graphError("BadRequest", "Empty Payload. JSON content expected.");
}
