import { formatPosition, positionAfter, startOfText } from "../../text/position.ts";
import { unreadable } from "./unreadable.ts";

/** How the text of a file is encoded. */
export type Encoding = "utf-8" | "utf-16le" | "utf-16be";

/** The first byte of a character is at most this far before its last one. */
const maxOpenBytes = 3;

/** The encoding that the byte-order mark at the start of a file names; UTF-8 without one. */
export function encodingOf([first, second]: Uint8Array): Encoding {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
}

/**
 * Decodes a text, without its byte-order mark. Throws `GraphError` 400 with line and column for what is not valid in the
 * encoding and for NUL.
 */
export async function* decodeChunks(
  chunks: AsyncIterable<Uint8Array>,
  encoding: Encoding,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  let position = startOfText;
  let before = new Uint8Array();

  for await (const chunk of chunks) {
    yield check(decode(chunk));
    before = Uint8Array.of(...before, ...chunk.subarray(-maxOpenBytes)).slice(-maxOpenBytes);
  }
  yield check(decode());

  function decode(chunk?: Uint8Array): string {
    try {
      return decoder.decode(chunk, { stream: chunk !== undefined });
    } catch {
      const open = before.subarray(openStart(before, encoding));
      const fault = positionAfter(position, textBeforeFault(open, chunk, encoding));
      throw unreadable(
        `The file is not ${encoding.slice(0, 6).toUpperCase()} at ${formatPosition(fault)}. Save it as UTF-8, which Excel calls "CSV UTF-8".`,
      );
    }
  }

  function check(text: string): string {
    const nul = text.indexOf("\u0000");
    position = positionAfter(position, nul === -1 ? text : text.slice(0, nul));
    if (nul === -1) return text;
    throw unreadable(`The file has a NUL character at ${formatPosition(position)}. Export the report again.`);
  }
}

/** Where the character begins that may be cut at the end of a chunk. Chunks of UTF-16 end between two units. */
function openStart(bytes: Uint8Array, encoding: Encoding): number {
  if (encoding === "utf-8") {
    const lead = bytes.findLastIndex((byte) => byte >= 0xc0);
    return lead === -1 ? bytes.length : lead;
  }
  const high = bytes.at(encoding === "utf-16le" ? -1 : -2) ?? 0;
  return (high & 0xfc) === 0xd8 ? bytes.length - 2 : bytes.length;
}

/** The text of a chunk up to the first invalid byte; its first character may begin in the bytes before the chunk. */
function textBeforeFault(open: Uint8Array, chunk: Uint8Array | undefined, encoding: Encoding): string {
  const decoder = new TextDecoder(encoding, { fatal: true });
  decoder.decode(open, { stream: true });
  let text = "";
  try {
    // A decoder does not say where it failed, so the bytes are decoded one by one.
    for (const byte of chunk ?? []) text += decoder.decode(Uint8Array.of(byte), { stream: true });
  } catch {
    return text;
  }
  return text;
}
