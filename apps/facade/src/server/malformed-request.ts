import { METHODS } from "node:http";

const malformed = "The request is not well-formed HTTP/1.1.";

/** What is wrong with bytes that Node's parser rejects, and what to do where that can be told. */
export function describeMalformed(error: Error): string {
  const { text, at } = rejectedText(error);
  const method = findMethod(text, at);
  const written = method?.toUpperCase();
  if (method === undefined || written === undefined || written === method || !METHODS.includes(written)) {
    return malformed;
  }
  return `${malformed} Methods are case-sensitive: write ${written} instead of ${method}.`;
}

/** The bytes in which Node's parser met an error, and where in them. */
export function rejectedText(error: Error): { readonly text: string; readonly at: number } {
  const packet = "rawPacket" in error && error.rawPacket instanceof Uint8Array ? error.rawPacket : undefined;
  const at = "bytesParsed" in error && typeof error.bytesParsed === "number" ? error.bytesParsed : 0;
  return { text: Buffer.from(packet ?? []).toString("latin1"), at };
}

/** The method of a request line around the position where the parser stopped. */
function findMethod(text: string, at: number): string | undefined {
  const [before = ""] = /[A-Za-z]*$/.exec(text.slice(Math.max(0, at - maxMethodLength), at)) ?? [];
  return /^([A-Za-z]+) \S+ HTTP\/1\./.exec(before + text.slice(at, at + maxLineLength))?.[1];
}

const maxMethodLength = 16;
const maxLineLength = 16_384;
