/**
 * A body of texts that are made when the receiver takes them, so that a slow one fills no memory. `onEnd` is called once,
 * when all are made, making one fails, or the receiver goes away.
 */
export function streamOf(
  texts: AsyncGenerator<string>,
  onEnd: () => void = () => undefined,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await texts.next();
          if (done !== true) return controller.enqueue(encoder.encode(value));
          controller.close();
        } catch (error) {
          controller.error(error);
        }
        onEnd();
      },
      async cancel() {
        onEnd();
        await texts.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
}
