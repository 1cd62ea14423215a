import { createReadStream } from "node:fs";

/**
 * The bytes of a file. A pipe, or a drive whose server is gone, may never give any, and no one can end a read of it: once the
 * signal is aborted its reason is thrown, and the read is left alone.
 */
export async function* openFile(path: string, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const stopped = Promise.withResolvers<never>();
  // Between two reads no one waits for it.
  stopped.promise.catch(() => undefined);
  const stop = (): void => stopped.reject(signal.reason);
  signal.throwIfAborted();
  signal.addEventListener("abort", stop);
  const file = createReadStream(path);
  const chunks: AsyncIterator<Uint8Array> = file[Symbol.asyncIterator]();
  try {
    for (;;) {
      const { done, value } = await Promise.race([chunks.next(), stopped.promise]);
      if (done === true) return;
      yield value;
    }
  } finally {
    signal.removeEventListener("abort", stop);
    file.destroy();
  }
}
