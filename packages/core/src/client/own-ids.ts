import { parseAppId } from "../resource/app-id.ts";
import { visibleText } from "../text/visible-text.ts";
import { checkOptions } from "./check-options.ts";
import type { EditOptions } from "./call-options.ts";

/** Makes an edit of an app, unless one with the same `clientRequestId` is being made. */
export type AloneById = <Result>(
  appId: string,
  options: EditOptions,
  edit: () => Promise<Result>,
) => Promise<Result>;

/**
 * Refuses an edit with `TypeError` where another edit of the app has the same `clientRequestId` and is not done yet: the
 * server would take the later one for a repetition of the other, and it would be lost without an error.
 */
export function createOwnIds(): AloneById {
  const running = new Set<string>();
  return async (appId, options, edit) => {
    checkOptions("edit", options);
    const { clientRequestId } = options;
    if (clientRequestId === undefined) return edit();
    const key = `${parseAppId(appId)} ${clientRequestId}`;
    if (running.has(key)) {
      throw new TypeError(
        `clientRequestId of edit is ${visibleText(clientRequestId, 64)}, and another edit of this app with it is not done yet. Give each change an id of its own, or leave it out.`,
      );
    }
    running.add(key);
    return edit().finally(() => running.delete(key));
  };
}
