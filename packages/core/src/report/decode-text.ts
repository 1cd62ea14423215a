import { graphError } from "../graph-error.ts";

/** Decodes UTF-8, without a byte-order mark. Throws `GraphError` 400, naming the line, for what is none, and for NUL. */
export async function* decodeText(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let line = 1;

  for await (const chunk of chunks) yield check(decode(chunk));
  yield check(decode(undefined));

  function decode(chunk: Uint8Array | undefined): string {
    try {
      return decoder.decode(chunk, { stream: chunk !== undefined });
    } catch {
      const readable = new TextDecoder().decode(chunk);
      line += countLines(readable.slice(0, Math.max(0, readable.indexOf("\uFFFD"))));
      throw graphError("BadRequest", `Line ${line} is not UTF-8. Save the file as "CSV UTF-8".`);
    }
  }

  function check(text: string): string {
    const nul = text.indexOf("\u0000");
    line += countLines(nul === -1 ? text : text.slice(0, nul));
    if (nul === -1) return text;
    throw graphError("BadRequest", `Line ${line} holds a NUL character, which no report does.`);
  }
}

/** How many lines end in a text. */
export function countLines(text: string): number {
  let lines = 0;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) lines += 1;
  return lines;
}
