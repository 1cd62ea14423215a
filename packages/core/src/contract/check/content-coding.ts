import { readBody } from "../../http/read-body.ts";

/** Compresses a text as the body of a request, by the web's own stream. */
export async function gzip(text: string): Promise<Uint8Array<ArrayBuffer>> {
  const coded = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(coded).arrayBuffer());
}

/** The maximum size of a response in MiB, inflated: that of the largest which the client reads. */
const maxSize = 64;

/**
 * Reads the text of a response. `fetch` has inflated what a server compressed; a server's own handler, asked directly, gives
 * the bytes as they would be sent. Throws for a larger one.
 */
export async function readText(response: Response): Promise<string> {
  const { body, cutAt } = await readBody(await inflate(response), maxSize);
  if (cutAt !== undefined) throw new Error(`the body must have at most ${maxSize} MiB but is larger`);
  return body;
}

async function inflate(response: Response): Promise<Response> {
  if (response.headers.get("content-encoding") !== "gzip" || response.body === null) return response;
  const [beginning, whole] = response.body.tee();
  const reader = beginning.getReader();
  const { value } = await reader.read();
  void reader.cancel().catch(() => undefined);
  // No JSON text, and no other text, begins as gzip does.
  return new Response(value?.[0] === 0x1f ? whole.pipeThrough(new DecompressionStream("gzip")) : whole);
}
