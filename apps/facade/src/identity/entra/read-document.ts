/** The maximum size of a document of an authority, after it is decompressed. */
const maxBytes = 256 * 1024;

/**
 * Reads a JSON document of an authority: within the time of the signal, at most 256 KiB of it, and without following a
 * redirect. Throws an `Error` whose message says what is wrong with the response.
 */
export async function readDocument(url: URL, signal: AbortSignal): Promise<unknown> {
  const response = await fetch(url, { redirect: "manual", signal, headers: { Accept: "application/json" } });
  if (response.status !== 200) {
    await response.body?.cancel();
    throw new Error(`${url.href} responded with ${response.status}`);
  }
  const bytes = await readBytes(url, response);
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new Error(`${url.href} responded with something other than JSON`);
  }
}

/** Counts while it reads: a few bytes on the wire may decompress to gigabytes. */
async function readBytes(url: URL, { body }: Response): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body ?? []) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > maxBytes) throw new Error(`${url.href} responded with more than ${maxBytes} bytes`);
  }
  return Buffer.concat(chunks);
}
