import type { FollowRecorder } from "../history/recorder.ts";
import { changeSchema } from "./change-schema.ts";
import type { Worker } from "./worker.ts";

/** Reads the stream of changes until it is stopped, and opens it again behind its last event when it breaks. */
export async function followStream(
  { caller, apps }: Pick<Worker, "caller" | "apps">,
  recorder: FollowRecorder,
  begin: string | undefined,
  signal: AbortSignal,
): Promise<void> {
  let after = begin;
  while (!signal.aborted) {
    const response = await caller.open(
      {
        method: "GET",
        path: "/api/changes",
        headers: { Accept: "text/event-stream", ...(after !== undefined && { "Last-Event-ID": after }) },
      },
      signal,
    );
    try {
      for await (const { id, event, data } of readEvents(response)) {
        if (event !== "change") throw new Error(`The stream of changes sent the event ${event}.`);
        const { appId, version } = changeSchema.parse(JSON.parse(data));
        after = id;
        if (apps.includes(appId)) recorder.add({ appId, version });
      }
    } catch (error) {
      if (!isBroken(error)) throw error;
    }
  }
}

interface StreamEvent {
  readonly id: string;
  readonly event: string;
  readonly data: string;
}

/** The events of a response. Source: HTML, §9.2 Server-sent events. */
async function* readEvents(response: Response | undefined): AsyncGenerator<StreamEvent> {
  let text = "";
  for await (const part of response?.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += part;
    const blocks = text.split("\n\n");
    text = blocks.pop() ?? "";
    for (const block of blocks) {
      const lines = block.split("\n");
      const field = (name: string): string =>
        lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2) ?? "";
      if (field("event") !== "") yield { id: field("id"), event: field("event"), data: field("data") };
    }
  }
}

/** Errors of a connection that broke, as `fetch` throws them. */
function isBroken(error: unknown): boolean {
  return error instanceof TypeError || (error instanceof Error && error.name === "AbortError");
}
