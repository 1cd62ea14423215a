import { untilAborted } from "./timing.ts";

/** What is read of an event of a stream. Source: HTML, §9.2 Server-sent events. */
export interface StreamEvent {
  readonly event: string;
  readonly data: string;
}

/** No event is as long; a stream that is not one must not fill the memory. */
const maxLength = 1024 * 1024;

/**
 * The events of a body, with one of the name `comment` for each part that holds no event. Throws where nothing comes within
 * `quiet` milliseconds: a service of this kind sends a comment more often; and for bytes that are not UTF-8. Throws the reason of `signal` once it is aborted.
 */
export async function* readEvents(
  body: ReadableStream<Uint8Array>,
  quiet: number,
  signal?: AbortSignal,
): AsyncGenerator<StreamEvent> {
  const reader = body.getReader();
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let text = "";
  try {
    for (;;) {
      // Not left to the signal of the request: once its request is collected as garbage, fetch does not see it any more.
      const { done, value } = await untilAborted(() => inTime(reader.read(), quiet), signal);
      if (done) return;
      // A line may end with CR LF, of which the LF has not come yet.
      text = (text + decoder.decode(value, { stream: true })).replaceAll(/\r(?!$)\n?/g, "\n");
      for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
        yield parseEvent(text.slice(0, end));
        text = text.slice(end + 2);
      }
      if (text.length > maxLength) throw new RangeError("An event of the stream is too long.");
    }
  } finally {
    // Also where the caller leaves: the connection is closed.
    await reader.cancel().catch(() => undefined);
  }
}

function parseEvent(block: string): StreamEvent {
  const field = (name: string): string | undefined => new RegExp(`^${name}: ?(.*)$`, "m").exec(block)?.[1];
  return { event: field("event") ?? "comment", data: field("data") ?? "" };
}

async function inTime<Value>(work: Promise<Value>, milliseconds: number): Promise<Value> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new RangeError("The stream is silent.")), milliseconds);
  return Promise.race([work, late.promise]).finally(() => clearTimeout(timer));
}
