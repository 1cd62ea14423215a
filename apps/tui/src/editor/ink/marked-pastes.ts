const pasteStart = "\u001B[200~";

/** Something that Ink reads keys from. */
type Input = NodeJS.ReadStream;

/**
 * The same input with a NUL before each bracketed paste, which is no key of the editor. Without it Ink takes an Esc that
 * arrives right before a paste for a part of the paste's mark, and the pasted text for keys.
 */
export function withMarkedPastes(stdin: Input): Input {
  const read = (size?: number): unknown => {
    const chunk: unknown = stdin.read(size);
    return typeof chunk === "string" ? chunk.replaceAll(pasteStart, `\0${pasteStart}`) : chunk;
  };
  return new Proxy(stdin, {
    get(target, name) {
      if (name === "read") return read;
      const value: unknown = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}
