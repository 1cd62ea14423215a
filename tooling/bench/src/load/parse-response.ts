/** A response that is whole. */
export interface RawResponse {
  readonly status: number;
  readonly body: string;
  /** How many bytes it took. */
  readonly length: number;
}

/** Reads a response from what a connection has received so far; undefined until it is whole. */
export function parseResponse(received: Buffer): RawResponse | undefined {
  const end = received.indexOf("\r\n\r\n");
  if (end === -1) return undefined;
  const head = received.toString("latin1", 0, end);
  const status = Number(head.slice(9, 12));
  const size = /\r\ncontent-length: *([0-9]+)/i.exec(head)?.[1];
  if (size === undefined && status !== 304 && status !== 204)
    throw new Error(`the response has no Content-Length: ${head}`);
  const length = end + 4 + (status === 304 ? 0 : Number(size ?? 0));
  if (received.length < length) return undefined;
  return { status, body: received.toString("utf8", end + 4, length), length };
}
