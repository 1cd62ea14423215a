/**
 * Reads a text that a person hands over, as shells write it: UTF-8, or UTF-16 with a byte-order mark, which Windows
 * PowerShell writes for `>`. What follows after `maxBytes` is not read. Throws `TypeError` for other encodings.
 */
export async function readText(source: AsyncIterable<Uint8Array>, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of source) {
    chunks.push(chunk);
    length += chunk.byteLength;
    if (length >= maxBytes) break;
  }
  const bytes = Buffer.concat(chunks);
  // The last character may be cut.
  return new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes, { stream: length >= maxBytes });
}

function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
}
