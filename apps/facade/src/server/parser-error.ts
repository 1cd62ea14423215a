import { graphError } from "@install-summary/core";
import { headersTooLarge, urlTooLong, type HeadLimits } from "./request-head.ts";

/** What a connection is told whose bytes Node's parser does not take for a request, or that were too slow. */
export function parserError(error: Error, limits: HeadLimits): Error {
  const code = "code" in error ? error.code : undefined;
  switch (code) {
    case "HPE_HEADER_OVERFLOW":
      return isInUrl(error, limits) ? urlTooLong(limits) : headersTooLarge(limits);
    case "HPE_CHUNK_EXTENSIONS_OVERFLOW":
      return graphError("RequestEntityTooLarge", "The chunk extensions of the body are too large.");
    case "ERR_HTTP_REQUEST_TIMEOUT":
      return graphError("RequestTimeout", "The request did not arrive in time.");
    default:
      return graphError("BadRequest", "The request is not well-formed HTTP/1.1.");
  }
}

/** Node does not tell where its buffer ran over; a request line that goes on and on does. */
function isInUrl(error: Error, { urlBytes }: HeadLimits): boolean {
  const packet =
    "rawPacket" in error && error.rawPacket instanceof Uint8Array ? error.rawPacket : new Uint8Array();
  const [line = ""] = Buffer.from(packet).toString("latin1").split("\n", 1);
  return /^[A-Z]+ /.test(line) && line.length > urlBytes;
}
