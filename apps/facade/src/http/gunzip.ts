import { graphError } from "@install-summary/core";
import { pipeline, Readable } from "node:stream";
import { createGunzip, gunzipSync } from "node:zlib";

/** Inflates bytes of gzip with Node's own zlib. Throws a `RangeError` for more than `maxBytes`. */
export function gunzip(bytes: Uint8Array, maxBytes: number): Uint8Array {
  return gunzipSync(bytes, { maxOutputLength: maxBytes });
}

/** What of a stream is inflated before its ratio is judged: the beginning of a small one may be very regular. */
const judgedFrom = 2 ** 20;
const maxRatio = 100;

/**
 * Inflates a stream of gzip as it is read, so that little of it is held. Throws `GraphError` 400 for what is not gzip,
 * ends early or inflates to more than 100 times its size, and what reading the stream throws.
 */
export async function* gunzipChunks(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, undefined> {
  const inflating = createGunzip();
  let length = 0;
  // The error of either end comes out of the iteration below.
  pipeline(Readable.from(chunks, { objectMode: false }), inflating, () => undefined);
  try {
    for await (const chunk of inflating) {
      const bytes: Buffer = chunk;
      length += bytes.length;
      if (length > judgedFrom && length > maxRatio * inflating.bytesWritten) throw ratioExceeded();
      yield bytes;
    }
  } catch (error) {
    throw isZlibError(error) ? unreadable(error) : error;
  }
}

/** An import has no client of Graph whose retries hang on a 415, so that it may say what is wrong with the gzip. */
function unreadable(cause: NodeJS.ErrnoException): Error {
  const why =
    cause.code === "Z_BUF_ERROR"
      ? "The gzip of the body ends too early. Please send the whole file."
      : "The body is not gzip, or is damaged. Please compress the file again, or leave out Content-Encoding.";
  return graphError("BadRequest", why, { cause });
}

function isZlibError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "code" in error && String(error.code).startsWith("Z_");
}

function ratioExceeded(): Error {
  return graphError("BadRequest", `The body inflates to more than ${maxRatio} times its size.`);
}
