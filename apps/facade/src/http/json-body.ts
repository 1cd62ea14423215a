import { graphError, isGraphError, type GraphError } from "@install-summary/core";
import { visibleText } from "@install-summary/core/text";
import { gunzipSync } from "node:zlib";
import { parseMediaType } from "./media-type.ts";

/** Refuses a body that says of itself that it is too large, before anything else is looked at. */
export function checkDeclaredLength(headers: Headers, limit: number): void {
  if (Number(headers.get("content-length") ?? 0) > limit) throw tooLarge(limit);
}

/**
 * Reads a body of JSON: what it says that it is, then its bytes, inflated where they are compressed. More than
 * `limit` bytes are never held, inflated or not.
 */
export async function readJsonBody(request: Request, limit: number): Promise<Uint8Array> {
  checkContentType(request.headers.get("content-type"));
  const encoding = request.headers.get("content-encoding")?.toLowerCase() ?? "identity";
  if (encoding !== "identity" && encoding !== "gzip") throw unsupportedEncoding(encoding);
  const body = await readBytes(request, limit);
  return encoding === "gzip" ? inflate(body, limit) : body;
}

function checkContentType(header: string | null): void {
  if (header === null || header === "") {
    throw graphError(
      "BadRequest",
      "Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.",
    );
  }
  const { name, parameters } = parseMediaType(header);
  const charset = parameters.get("charset") ?? "utf-8";
  if (name === "application/json" && (charset === "utf-8" || charset === "utf8")) return;
  const shown = visibleText(header, 64);
  throw graphError(
    "UnsupportedMediaType",
    `The media type '${shown}' is not supported. Use application/json.`,
  );
}

async function readBytes(request: Request, limit: number): Promise<Uint8Array> {
  try {
    // With a declared length, which was judged, the quick way is bounded too.
    if (request.headers.has("content-length")) return new Uint8Array(await request.arrayBuffer());
    return await readChunks(request.body, limit);
  } catch (error) {
    if (isGraphError(error)) throw error;
    // The caller has gone, or was too slow.
    throw graphError("BadRequest", "The body could not be read to its end.", { cause: error });
  }
}

async function readChunks(body: ReadableStream<Uint8Array> | null, limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body ?? []) {
    length += chunk.length;
    if (length > limit) throw tooLarge(limit);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function inflate(body: Uint8Array, limit: number): Uint8Array {
  try {
    return gunzipSync(body, { maxOutputLength: limit });
  } catch (error) {
    if (error instanceof RangeError) throw tooLarge(limit);
    throw unsupportedEncoding("gzip", error);
  }
}

function unsupportedEncoding(encoding: string, cause?: unknown): GraphError {
  const shown = visibleText(encoding, 64);
  return graphError("UnsupportedMediaType", `The content encoding '${shown}' is not supported.`, { cause });
}

function tooLarge(limit: number): GraphError {
  return graphError("RequestEntityTooLarge", `The body is larger than ${limit} bytes.`);
}
