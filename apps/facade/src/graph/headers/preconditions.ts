import { graphError, type Preconditions } from "@install-summary/core";
import type { RequestHeaders } from "../../http/request-input.ts";
import { parseETags } from "@install-summary/core/text";

/** Reads the conditional headers of a request on a summary. Throws `GraphError` 400 where one is malformed. */
export function readPreconditions(headers: RequestHeaders): Preconditions {
  const ifMatch = headers.get("if-match") ?? undefined;
  const ifNoneMatch = headers.get("if-none-match") ?? undefined;
  if (ifMatch !== undefined) parseETags(ifMatch);
  if (ifNoneMatch !== undefined) parseETags(ifNoneMatch);
  return { ifMatch, ifNoneMatch };
}

/** The same of a request that writes, where protection that was asked for is never dropped. */
export function readWritePreconditions(
  headers: RequestHeaders,
  { requireIfMatch }: { readonly requireIfMatch: boolean },
): Preconditions {
  if (headers.get("if-unmodified-since") !== null) {
    throw graphError(
      "BadRequest",
      "The If-Unmodified-Since header is not supported. Use If-Match with the ETag of the summary.",
    );
  }
  const preconditions = readPreconditions(headers);
  if (requireIfMatch && preconditions.ifMatch === undefined) {
    throw graphError(
      "PreconditionRequired",
      "The If-Match header must be specified for this kind of request.",
    );
  }
  return preconditions;
}
