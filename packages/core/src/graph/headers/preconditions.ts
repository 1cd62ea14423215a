import { graphError } from "../../http/graph-error.ts";
import type { Preconditions } from "../../patch/decide-patch.ts";
import type { HeaderReader } from "../../http/header-reader.ts";
import { parseETags } from "../../http/etag.ts";

/** Parses the conditional headers of a request for a summary. Throws `GraphError` 400 for a malformed one. */
export function parsePreconditions(headers: HeaderReader): Preconditions {
  const ifMatch = headers.get("if-match") ?? undefined;
  const ifNoneMatch = headers.get("if-none-match") ?? undefined;
  if (ifMatch !== undefined) parseETags(ifMatch);
  if (ifNoneMatch !== undefined) parseETags(ifNoneMatch);
  return { ifMatch, ifNoneMatch };
}

/** The same for a request that writes, where a condition is never ignored. Also throws the 428 for a missing one. */
export function parseWritePreconditions(
  headers: HeaderReader,
  { requireIfMatch }: { readonly requireIfMatch: boolean },
): Preconditions {
  if (headers.get("if-unmodified-since") !== null) {
    throw graphError(
      "BadRequest",
      "The If-Unmodified-Since header is not supported. Use If-Match with the ETag of the summary.",
    );
  }
  const preconditions = parsePreconditions(headers);
  if (requireIfMatch && preconditions.ifMatch === undefined) {
    throw graphError(
      "PreconditionRequired",
      "The If-Match header must be specified for this kind of request.",
    );
  }
  return preconditions;
}
