// One decoder serves all: without `stream` each call begins anew. It is made when it is needed, since a test environment
// such as jest's jsdom has none, and is to load the package all the same.
let decoder: InstanceType<typeof TextDecoder> | undefined;

/** Decodes UTF-8, without its byte-order mark; undefined for bytes that are not UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  decoder ??= new TextDecoder("utf-8", { fatal: true });
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}
