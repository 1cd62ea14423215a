import { decodeText } from "@install-summary/command-line/text";

/** Reads a text that a person hands over. What follows after `maxBytes` is not read. Throws `TypeError` as `decodeText`. */
export async function readText(source: AsyncIterable<Uint8Array>, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of source) {
    chunks.push(chunk);
    length += chunk.byteLength;
    if (length >= maxBytes) break;
  }
  return decodeText(Buffer.concat(chunks), length >= maxBytes);
}
