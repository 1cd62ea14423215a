/** Compresses a text as the body of a request, by the web's own stream. */
export async function gzip(text: string): Promise<Uint8Array<ArrayBuffer>> {
  return through(new TextEncoder().encode(text), new CompressionStream("gzip"));
}

/**
 * Reads the text of a response. `fetch` has inflated what a server compressed; a server's own handler, asked directly, gives
 * the bytes as they would be sent.
 */
export async function readText(response: Response): Promise<string> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  const isGzip =
    response.headers.get("content-encoding") === "gzip" && bytes[0] === 0x1f && bytes[1] === 0x8b;
  return new TextDecoder().decode(isGzip ? await through(bytes, new DecompressionStream("gzip")) : bytes);
}

async function through(
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
): Promise<Uint8Array<ArrayBuffer>> {
  const coded = new Blob([bytes]).stream().pipeThrough(stream);
  return new Uint8Array(await new Response(coded).arrayBuffer());
}
