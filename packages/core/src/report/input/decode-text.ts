import { graphError } from "../../http/graph-error.ts";
import { formatPosition, positionAfter, startOfText } from "../../text/position.ts";

/** The first byte of a character is at most this far before its last one. */
const maxOpenBytes = 3;

/**
 * Decodes UTF-8, without a byte-order mark. Throws `GraphError` 400 with line and column for invalid UTF-8 and for NUL.
 */
export async function* decodeText(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let position = startOfText;
  let before = new Uint8Array();

  for await (const chunk of chunks) {
    yield check(decode(chunk));
    before = Uint8Array.of(...before, ...chunk.subarray(-maxOpenBytes)).slice(-maxOpenBytes);
  }
  yield check(decode(undefined));

  function decode(chunk: Uint8Array | undefined): string {
    try {
      return decoder.decode(chunk, { stream: chunk !== undefined });
    } catch {
      const fault = positionAfter(position, chunk === undefined ? "" : textBeforeFault(before, chunk));
      throw graphError(
        "BadRequest",
        `The file is not UTF-8 at ${formatPosition(fault)}. Save it as UTF-8, which Excel calls "CSV UTF-8".`,
      );
    }
  }

  function check(text: string): string {
    const nul = text.indexOf("\u0000");
    position = positionAfter(position, nul === -1 ? text : text.slice(0, nul));
    if (nul === -1) return text;
    throw graphError(
      "BadRequest",
      `The file has a NUL character at ${formatPosition(position)}. Export the report again.`,
    );
  }
}

/** The text of a chunk up to the first invalid byte; its first character may begin in the bytes before the chunk. */
function textBeforeFault(before: Uint8Array, chunk: Uint8Array): string {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const lead = before.findLastIndex((byte) => byte >= 0xc0);
  if (lead !== -1) decoder.decode(before.subarray(lead), { stream: true });
  let text = "";
  try {
    // A decoder does not say where it failed, so the bytes are decoded one by one.
    for (const byte of chunk) text += decoder.decode(Uint8Array.of(byte), { stream: true });
  } catch {
    return text;
  }
  return text;
}
