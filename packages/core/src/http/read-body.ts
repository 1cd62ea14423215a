/** A body, or its beginning. */
export interface ReadBody {
  readonly body: string;
  /** The size in MiB up to which the body was read, where it is larger. */
  readonly cutAt?: number;
  /** Present where bytes that are not UTF-8 were replaced. */
  readonly notUtf8?: true;
}

/** Reads a body up to a size in MiB. It counts while it reads: a few bytes on the wire may decompress to gigabytes. */
export async function readBody(response: Response, maxSize: number): Promise<ReadBody> {
  const { decode, faults } = createDecoder();
  const reader = response.body?.getReader();
  // Not every engine that has `fetch` gives the body as a stream.
  if (reader === undefined)
    return { body: decode(new Uint8Array(await response.arrayBuffer())) + decode(), ...faults };
  let body = "";
  let left = maxSize * 1024 ** 2;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return { body: body + decode(), ...faults };
    body += decode(value.subarray(0, left));
    left -= value.byteLength;
    if (left >= 0) continue;
    // The connection is closed, so that no more comes.
    void reader.cancel().catch(() => undefined);
    return { body, cutAt: maxSize, ...faults };
  }
}

/** Decodes UTF-8 bit by bit, and tells of bytes that are not. Without bytes it ends. */
function createDecoder(): {
  readonly decode: (bytes?: Uint8Array) => string;
  readonly faults: Pick<ReadBody, "notUtf8">;
} {
  const faults: { notUtf8?: true } = {};
  let decoder = new TextDecoder("utf-8", { fatal: true });
  return { faults, decode };

  function decode(bytes?: Uint8Array): string {
    const options = { stream: bytes !== undefined };
    try {
      return decoder.decode(bytes, options);
    } catch {
      // An error's page in another encoding is still told, as far as it can be read.
      faults.notUtf8 = true;
      decoder = new TextDecoder();
      return decoder.decode(bytes, options);
    }
  }
}
