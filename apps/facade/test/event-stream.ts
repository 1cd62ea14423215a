import { onTestFinished } from "vitest";
import type { TestFacade } from "./facades.ts";

export interface StreamedEvent {
  readonly event: string;
  readonly id: string;
  readonly data: Record<string, unknown>;
}

/** A stream of changes whose events are read one after the other; undefined at its end. */
export interface EventStream {
  readonly response: Response;
  next(): Promise<StreamedEvent | undefined>;
  close(): Promise<void>;
}

/** Opens a stream, which ends with the test. */
export async function openStream(
  facade: Pick<TestFacade, "get">,
  { query = "", ...init }: { query?: string; headers?: Record<string, string>; token?: string } = {},
): Promise<EventStream> {
  const response = await facade.get(`/api/changes${query}`, {
    ...init,
    headers: { Accept: "text/event-stream", ...init.headers },
  });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  onTestFinished(() => reader?.cancel().catch(() => undefined));
  return {
    response,
    close: async () => reader?.cancel(),
    async next() {
      for (;;) {
        const end = text.indexOf("\n\n");
        if (end === -1) {
          const part = await reader?.read();
          if (part?.value === undefined) return undefined;
          text += part.value;
          continue;
        }
        const lines = text.slice(0, end).split("\n");
        text = text.slice(end + 2);
        const field = (name: string): string =>
          lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2) ?? "";
        if (field("event") !== "") {
          return { event: field("event"), id: field("id"), data: JSON.parse(field("data")) };
        }
      }
    },
  };
}
