import { parseETagVersion } from "@install-summary/core/text";
import { findApp } from "./app-list.ts";
import type { EditorState } from "./editor-state.ts";

type Known = Pick<EditorState, "list" | "live" | "history">;

/**
 * The newest version of an app that a log tells of, where that is newer than the one that was read, also while it is read;
 * else undefined.
 */
export function unreadVersion({ list, live, history }: Known, appId: string): number | undefined {
  const read = parseETagVersion(findApp(list, appId)?.etag);
  if (read === undefined) return undefined;
  // The latest comes first.
  const logged = history?.changes.find((change) => change.appId === appId)?.version ?? 0;
  const newest = Math.max(logged, live.newest.get(appId) ?? 0);
  return newest > read ? newest : undefined;
}
