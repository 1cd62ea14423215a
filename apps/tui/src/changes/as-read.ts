import { counterNames, matchesETag, type InstallSummary, type ReadSummary } from "@install-summary/core";
import type { KnownApp } from "../words/known-app.ts";

/** Whether an app is still as it was read: the version alone does not tell, since that of a store made anew may be the same. */
export function isAsRead(read: KnownApp, now: KnownApp): boolean {
  return isSameReading(readingOf(read), readingOf(now));
}

/** `isAsRead` for summaries with their ETags. */
export function isSameReading(read: ReadSummary, now: ReadSummary): boolean {
  return read.etag === now.etag && hasSameValues(read.summary, now.summary);
}

/** Whether all counters are the same, whatever the versions are. */
export function hasSameValues(one: InstallSummary, other: InstallSummary): boolean {
  return counterNames.every((name) => one[name] === other[name]);
}

/** The summary of an app with its ETag. */
export function readingOf({ installSummary, etag }: KnownApp): ReadSummary {
  return { summary: installSummary, etag };
}

/** Whether a 412 names another version than was read after it: then what was read is older than the 412. */
export function isOldReading(refused: string | undefined, read: string | undefined): boolean {
  return refused !== undefined && read !== undefined && !matchesETag(refused, read);
}
