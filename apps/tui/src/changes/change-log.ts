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
}

/** Reads one page of the change log, the latest change first, in one request. */
export async function readChangesPage(client: ChangeLogClient, query: PageQuery): Promise<ChangesPage> {
  const changes: ListedChange[] = [];
  for await (const change of client.changes({ ...query, order: "desc" })) {
    changes.push(change);
    if (changes.length === query.top) return { changes, hasMore: true };
  }
  return { changes, hasMore: false };
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

/** The same for an error of the client. */
export function isNoChangeLogError(error: unknown): boolean {
  return isGraphError(error) && isWithoutChangeLog(error);
}
