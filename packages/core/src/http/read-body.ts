/** A body, or its beginning. */
export interface ReadBody {
  readonly body: string;
  /** The size in MiB up to which the body was read, where it is larger. */
  readonly cutAt?: number;
}

/** Reads a body up to a size in MiB. It counts while it reads: a few bytes on the wire may decompress to gigabytes. */
export async function readBody(response: Response, maxSize: number): Promise<ReadBody> {
  const reader = response.body?.getReader();
  // Not every engine that has `fetch` gives the body as a stream.
  if (reader === undefined) return { body: await response.text() };
  const decoder = new TextDecoder();
  let body = "";
  let left = maxSize * 1024 ** 2;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return { body: body + decoder.decode() };
    body += decoder.decode(value.subarray(0, left), { stream: true });
    left -= value.byteLength;
    if (left >= 0) continue;
    // The connection is closed, so that no more comes.
    void reader.cancel().catch(() => undefined);
    return { body, cutAt: maxSize };
  }
}
