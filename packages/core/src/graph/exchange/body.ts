import type { HeaderReader } from "../../http/header-reader.ts";
import { graphError, isGraphError, type GraphError } from "../../http/graph-error.ts";
import { bodyTooLarge, type ByteLimit } from "../../store/limit-error.ts";
import { visibleText } from "../../text/visible-text.ts";
import type { RequestInput } from "./exchange.ts";
import type { MaybePromise } from "./response.ts";
import { isUtf8, parseMediaType } from "./media-type.ts";

/**
 * Inflates bytes of gzip, as each runtime has it. Throws a `RangeError` for more than `maxBytes`, and any other error for
 * bytes that are not gzip.
 */
export type Gunzip = (bytes: Uint8Array, maxBytes: number) => MaybePromise<Uint8Array>;

/** What any `Request` brings. */
export function inputOf(request: Request): RequestInput {
  const { body, headers } = request;
  return {
    headers,
    readBytes: (limit) => readAll(body, limit),
    readChunks: () => (body === null ? emptyBody() : readChunks(body)),
    abandoned: () => request.signal,
  };
}

/** Refuses a body whose declared length is too large, before anything else is checked. */
export function checkDeclaredLength(headers: HeaderReader, limit: ByteLimit): void {
  if (Number(headers.get("content-length") ?? 0) > limit.maxBytes) throw bodyTooLarge(limit);
}

/**
 * Reads a body of JSON: checks what it declares to be, then reads its bytes and inflates them. No more than the limit
 * are ever held, inflated or not.
 */
export async function readJsonBody(
  { headers, readBytes, holdBody }: RequestInput,
  limit: ByteLimit,
  gunzip: Gunzip,
): Promise<Uint8Array> {
  checkContentType(headers.get("content-type"));
  const encoding = headers.get("content-encoding")?.toLowerCase() ?? "identity";
  if (encoding !== "identity" && encoding !== "gzip") throw unsupportedEncoding(encoding);
  const bytes = await readBytes(limit);
  if (encoding === "identity") return bytes;
  const inflated = await inflate(bytes, limit, gunzip);
  holdBody?.(inflated.length);
  return inflated;
}

/** The 400 for a body whose sender went away or was too slow. */
export function bodyIncomplete(cause?: unknown): GraphError {
  return graphError("BadRequest", "The body could not be read to its end.", { cause });
}

/** By a reader, since not every engine can iterate a `ReadableStream`. */
async function readAll(body: ReadableStream<Uint8Array> | null, limit: ByteLimit): Promise<Uint8Array> {
  const reader = body?.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for (let part = await reader?.read(); part?.value !== undefined; part = await reader?.read()) {
      length += part.value.length;
      if (length > limit.maxBytes) throw bodyTooLarge(limit);
      chunks.push(part.value);
    }
  } catch (error) {
    void reader?.cancel().catch(() => undefined);
    throw isGraphError(error) ? error : bodyIncomplete(error);
  }
  return concatenate(chunks, length);
}

async function* readChunks(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array, undefined> {
  const reader = body.getReader();
  try {
    for (let part = await reader.read(); part.value !== undefined; part = await reader.read())
      yield part.value;
  } catch (error) {
    throw bodyIncomplete(error);
  } finally {
    void reader.cancel().catch(() => undefined);
  }
}

/** A request without a body. */
async function* emptyBody(): AsyncGenerator<Uint8Array, undefined> {}

function concatenate(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const [first] = chunks;
  if (first !== undefined && chunks.length === 1) return first;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

function checkContentType(header: string | null): void {
  if (header === "application/json") return;
  if (header === null || header === "") {
    throw graphError(
      "BadRequest",
      "Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.",
    );
  }
  const type = parseMediaType(header);
  if (type.name === "application/json" && isUtf8(type)) return;
  throw graphError(
    "UnsupportedMediaType",
    `The media type '${visibleText(header, 64)}' is not supported. Use application/json.`,
  );
}

async function inflate(body: Uint8Array, limit: ByteLimit, gunzip: Gunzip): Promise<Uint8Array> {
  try {
    return await gunzip(body, limit.maxBytes);
  } catch (error) {
    if (error instanceof RangeError) throw bodyTooLarge(limit);
    throw unsupportedEncoding("gzip", error);
  }
}

/** The 415 for a body in a content coding that is not supported, or that is not what it is called. */
export function unsupportedEncoding(encoding: string, cause?: unknown): GraphError {
  const message = `The content encoding '${visibleText(encoding, 64)}' is not supported.`;
  return graphError("UnsupportedMediaType", message, { cause });
}
