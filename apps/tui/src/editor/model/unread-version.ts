import { parseETagVersion } from "@install-summary/core/text";
import { findApp } from "./app-list.ts";
import type { EditorState } from "./editor-state.ts";

type Known = Pick<EditorState, "list" | "live" | "history">;

/** A version that was not read yet. */
interface UnreadVersion {
  readonly logged: number;
  /** The ETag of what was read. */
  readonly read: string;
}

/**
 * The newest version of an app that a log tells of, where that is newer than the one that was read, also while it is read;
 * else undefined.
 */
export function unreadVersion({ list, live, history }: Known, appId: string): UnreadVersion | undefined {
  const etag = findApp(list, appId)?.etag;
  const read = parseETagVersion(etag);
  if (etag === undefined || read === undefined) return undefined;
  // The latest comes first.
  const logged = history?.changes.find((change) => change.appId === appId)?.version ?? 0;
  const newest = Math.max(logged, live.newest.get(appId) ?? 0);
  return newest > read ? { logged: newest, read: etag } : undefined;
}
