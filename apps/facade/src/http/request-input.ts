import { graphError, isGraphError, type GraphError } from "@install-summary/core";

/** The header fields of a request, by their names in lower case. Repeated fields are joined by a comma. */
export interface RequestHeaders {
  get(name: string): string | null;
}

/** What a request brings beside its method and URL. A server may read it at less cost than a `Request` does. */
export interface RequestInput {
  readonly headers: RequestHeaders;
  /**
   * Reads the bytes of the body. Throws `GraphError` 413 as soon as there are more than `maxBytes`, and 400 where the
   * body ends early.
   */
  readonly readBytes: (maxBytes: number) => Promise<Uint8Array>;
}

/** The input of any `Request`. */
export function inputOf(request: Request): RequestInput {
  return { headers: request.headers, readBytes: (maxBytes) => readChunks(request.body, maxBytes) };
}

/** Refuses a body whose declared length is too large, before anything else is checked. */
export function checkDeclaredLength(headers: RequestHeaders, maxBytes: number): void {
  if (Number(headers.get("content-length") ?? 0) > maxBytes) throw bodyTooLarge(maxBytes);
}

/** The 413 for a body that is larger than a limit. */
export function bodyTooLarge(maxBytes: number): GraphError {
  return graphError("RequestEntityTooLarge", `The body is larger than ${maxBytes} bytes.`);
}

/** The 400 for a body whose sender went away or was too slow. */
export function bodyIncomplete(cause?: unknown): GraphError {
  return graphError("BadRequest", "The body could not be read to its end.", { cause });
}

async function readChunks(body: AsyncIterable<Uint8Array> | null, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of body ?? []) {
      length += chunk.length;
      if (length > maxBytes) throw bodyTooLarge(maxBytes);
      chunks.push(chunk);
    }
  } catch (error) {
    throw isGraphError(error) ? error : bodyIncomplete(error);
  }
  return Buffer.concat(chunks);
}
