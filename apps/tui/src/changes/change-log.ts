import { isGraphError } from "@install-summary/core";
import type { ChangesOptions, InstallSummaryClient, ListedChange } from "@install-summary/core/client";

/** What reads a change log. */
export type ChangeLogClient = Pick<InstallSummaryClient, "changes">;

/** Which changes a page has. */
export interface PageQuery extends Pick<ChangesOptions, "appId" | "actor" | "since" | "after" | "signal"> {
  /** The maximum number of changes. */
  readonly top: number;
}

/** Some changes, the latest first. */
export interface ChangesPage {
  readonly changes: readonly ListedChange[];
  /** Whether there may be older ones: ask with `after` for those that follow the last one. */
  readonly hasMore: boolean;
  /** Whether the log was read to its beginning, before which changes were removed. */
  readonly isOlderRemoved: boolean;
}

/** A facade responds with at most so many changes at once. */
const maxAtOnce = 1000;

/** Reads one page of the change log, the latest change first, in as few requests as the server allows. */
export async function readChangesPage(client: ChangeLogClient, query: PageQuery): Promise<ChangesPage> {
  const changes: ListedChange[] = [];
  const top = Math.min(query.top, maxAtOnce);
  const { isOlderRemoved, onOlderRemoved } = noteOlderRemoved();
  for await (const change of client.changes({ ...query, top, order: "desc", onOlderRemoved })) {
    changes.push(change);
    if (changes.length === query.top) return { changes, hasMore: true, isOlderRemoved: false };
  }
  return { changes, hasMore: false, isOlderRemoved: isOlderRemoved() };
}

/** Notes whether a log that is read is one whose oldest changes were removed. */
export function noteOlderRemoved(): {
  readonly onOlderRemoved: () => void;
  readonly isOlderRemoved: () => boolean;
} {
  let isRemoved = false;
  return {
    onOlderRemoved() {
      isRemoved = true;
    },
    isOlderRemoved: () => isRemoved,
  };
}

/**
 * Whether a failure of reading the change log means that the server has none: a Graph host responds so to a path that it
 * does not know. The facade responds to an app that it does not know with an empty page.
 */
export function isWithoutChangeLog(failure: {
  readonly status?: number | undefined;
  readonly message: string;
}): boolean {
  const { status, message } = failure;
  if (status === 400) return /Resource not found for the segment/i.test(message);
  return status === 404 || status === 405 || status === 501;
}

/**
 * Whether an error says for certain that there is no log: the host knows the rest of the contract, and says that this path
 * is no part of it. Any other error may come from a gateway, or from a server that is being replaced.
 */
export function isSurelyNoChangeLog(error: unknown): boolean {
  return isGraphError(error) && error.status === 400 && isWithoutChangeLog(error);
}

/** Whether an error of the client says, for certain or not, that the server has no log. */
export function isNoChangeLogError(error: unknown): boolean {
  return isGraphError(error) && isWithoutChangeLog(error);
}
