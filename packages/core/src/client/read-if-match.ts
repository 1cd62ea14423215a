import { parseETags } from "../http/etag.ts";
import { graphError } from "../http/graph-error.ts";
import type { UpdateOptions } from "./types.ts";

/** The `If-Match` header of a PATCH. Throws `GraphError` for a malformed one, and where a guard was asked for in vain. */
export function readIfMatch(options: Pick<UpdateOptions, "ifMatch">): string | undefined {
  if (!("ifMatch" in options)) return undefined;
  if (options.ifMatch === undefined) {
    throw graphError(
      "PreconditionRequired",
      "The change cannot be guarded: there is no ETag, since the host sent none. Leave ifMatch out to let the last writer win.",
    );
  }
  parseETags(options.ifMatch);
  return options.ifMatch.trim();
}
