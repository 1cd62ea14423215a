import { readFileSync } from "node:fs";
import { connect } from "node:tls";
import type { Service } from "./run-client.ts";

/** A response. */
export interface RawResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
  /** Whether a 100 came first, that lets a client send its body. */
  readonly isContinued: boolean;
}

/** Sends a request over TLS byte by byte as it is. After `Expect: 100-continue` its body is sent once a 100 has come. */
export async function sendRaw(
  { graph, ca }: Pick<Service, "graph" | "ca">,
  { head, body }: { readonly head: readonly string[]; readonly body: string | Uint8Array },
): Promise<RawResponse> {
  const { hostname: host, port } = new URL(graph);
  const socket = connect({ host, port: Number(port), ca: readFileSync(ca) });
  const waits = head.includes("Expect: 100-continue");
  socket.write(`${head.join("\r\n")}\r\n\r\n`);
  if (!waits) socket.write(body);

  let received = Buffer.alloc(0);
  let isContinued = false;
  for await (const chunk of socket) {
    received = Buffer.concat([received, chunk]);
    if (waits && !isContinued && received.toString("latin1").startsWith("HTTP/1.1 100 Continue\r\n\r\n")) {
      isContinued = true;
      received = received.subarray(received.indexOf("\r\n\r\n") + 4);
      socket.write(body);
    }
    const response = parseResponse(received);
    if (response !== undefined) return { ...response, isContinued };
  }
  throw new Error(`The connection ended with: ${received.toString("latin1")}`);
}

/** The response in the bytes, once all of it is there. */
function parseResponse(bytes: Buffer): Omit<RawResponse, "isContinued"> | undefined {
  const end = bytes.indexOf("\r\n\r\n");
  if (end === -1) return undefined;
  const [first = "", ...lines] = bytes.toString("latin1", 0, end).split("\r\n");
  const headers = new Headers(lines.map((line): [string, string] => splitLine(line)));
  const rest = bytes.subarray(end + 4);
  const sent = headers.has("transfer-encoding")
    ? joinChunks(rest)
    : takeBytes(rest, Number(headers.get("content-length") ?? 0));
  if (sent === undefined) return undefined;
  return { status: Number(first.split(" ")[1]), headers, body: sent.toString() };
}

function splitLine(line: string): [string, string] {
  const colon = line.indexOf(":");
  return [line.slice(0, colon), line.slice(colon + 1).trim()];
}

function takeBytes(bytes: Buffer, length: number): Buffer | undefined {
  return bytes.length < length ? undefined : bytes.subarray(0, length);
}

/** The body in chunks (RFC 9112, 7.1), once the last one is there. */
function joinChunks(bytes: Buffer): Buffer | undefined {
  const parts: Buffer[] = [];
  for (let at = 0; ;) {
    const lineEnd = bytes.indexOf("\r\n", at);
    if (lineEnd === -1) return undefined;
    const length = Number.parseInt(bytes.toString("latin1", at, lineEnd), 16);
    if (Number.isNaN(length)) throw new Error(`A chunk has no length: ${bytes.toString("latin1", at)}`);
    if (length === 0) return Buffer.concat(parts);
    const next = lineEnd + 2 + length + 2;
    if (bytes.length < next) return undefined;
    parts.push(bytes.subarray(lineEnd + 2, next - 2));
    at = next;
  }
}
