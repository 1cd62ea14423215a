import { withRead } from "./with-read.ts";

const pasteStart = "\u001B[200~";

/**
 * The same input with a NUL before each bracketed paste, which is no key of the editor. Without it Ink takes an Esc that
 * arrives right before a paste for a part of the paste's mark, and the pasted text for keys.
 */
export function withMarkedPastes(stdin: NodeJS.ReadStream): NodeJS.ReadStream {
  return withRead(stdin, () => {
    const chunk: unknown = stdin.read();
    return typeof chunk === "string" ? chunk.replaceAll(pasteStart, `\0${pasteStart}`) : chunk;
  });
}
