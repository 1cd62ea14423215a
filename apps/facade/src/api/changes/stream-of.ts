/** Who is told how a body of texts ends. */
export interface StreamEnds {
  /** Is called once, when all texts are made, making one fails, or the receiver goes away. */
  readonly onEnd?: (() => void) | undefined;
  /** Ends the connection of the receiver, where the server can do that: the server of Hono prints what a body fails with. */
  readonly cut?: (() => void) | undefined;
}

/** A body of texts that are made when the receiver takes them, so that a slow one fills no memory. */
export function streamOf(
  texts: AsyncGenerator<string>,
  { onEnd = () => undefined, cut }: StreamEnds = {},
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
          cut?.();
          if (cut === undefined) controller.error(error);
          else controller.close();
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
