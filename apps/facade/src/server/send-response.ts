import type { ServerResponse } from "node:http";
import { pipeline, Readable } from "node:stream";
import type { ServedResponse } from "../http/served-response.ts";

/** Sends a response to its end. A stream of which a part cannot be made cuts the connection, so that it does not look whole. */
export function sendResponse(outgoing: ServerResponse, { status, headers, body }: ServedResponse): void {
  if (body === null) {
    outgoing.writeHead(status, headers);
    outgoing.end();
  } else if (typeof body === "string") {
    const length = Buffer.byteLength(body);
    outgoing.writeHead(status, { ...headers, "Content-Length": length });
    // A text of ASCII is the same in both, and is sent as latin1 without a look at each character.
    outgoing.end(body, length === body.length ? "latin1" : "utf8");
  } else {
    outgoing.writeHead(status, headers);
    outgoing.flushHeaders();
    pipeline(Readable.fromWeb(body), outgoing, () => undefined);
  }
}

/** Ends what makes the body of a response that is not sent. */
export function dropResponse({ body }: ServedResponse): void {
  if (body !== null && typeof body !== "string") void body.cancel().catch(() => undefined);
}
