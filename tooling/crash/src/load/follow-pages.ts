import type { FollowRecorder } from "../history/recorder.ts";
import { changesPageSchema, changesPath } from "./change-schema.ts";
import type { Worker } from "./worker.ts";

/** A reader of the log that takes one step after the other. */
export interface Follower {
  /** Reads some more. True if it came to the end of the log. */
  step(): Promise<boolean>;
}

/** Creates a reader by cursor, which asks for a page of any size each time. */
export function followPages(
  { caller, apps }: Pick<Worker, "caller" | "apps">,
  recorder: FollowRecorder,
  begin: string | undefined,
): Follower {
  let after = begin;
  return {
    async step() {
      const top = 1 + Math.floor(Math.random() * 1000);
      const { status, text, start } = await caller.send({ method: "GET", path: changesPath(after, top) });
      if (status !== 200 || text === undefined) return false;
      const page = changesPageSchema.parse(JSON.parse(text));
      after = page.next;
      for (const { appId, version } of page.value) {
        if (apps.includes(appId)) recorder.add({ appId, version });
      }
      const isEnd = page.value.length < top;
      if (isEnd) recorder.addEnd(start);
      return isEnd;
    },
  };
}
