import { editedCounters } from "./edit.ts";
import type { InstallSummaryPatch } from "@install-summary/core";
import type { ListedChange } from "@install-summary/core/client";
import { parseETagVersion } from "@install-summary/core/text";
import { isWithoutChangeLog } from "../../changes/change-log.ts";
import type { Failure } from "../../server/failure.ts";
import type { AppList } from "./app-list.ts";
import type { WaitingLink } from "./link.ts";
import type { KnownApp } from "../../words/known-app.ts";

/** Whether changes of others are seen as they are made. */
export type LiveLink =
  /** Following has not begun, or the server has no change log. */
  | { readonly kind: "off" }
  | { readonly kind: "live" }
  /** The stream broke at this time, in milliseconds; it is tried again. */
  | { readonly kind: "lost"; readonly since: number };

/** A newer version of an app that is known to be there. */
export interface NewerVersion {
  readonly version: number;
  /** What the changes up to it made of their counters; undefined where the app is to be read whatever it has. */
  readonly after: InstallSummaryPatch | undefined;
}

/** What is known of changes as they are made. */
export interface Live {
  readonly link: LiveLink;
  /** The latest change that this session did not make; undefined before the first. */
  readonly latest: ListedChange | undefined;
  /** Apps of which a newer version is known to be there, by id: they are read as soon as that disturbs nothing. */
  readonly behind: ReadonlyMap<string, NewerVersion>;
  /** Apps of which a newer version is being read, by id: what is changed meanwhile waits until that has come, or failed. */
  readonly reading: ReadonlySet<string>;
  /** The newest version that is known to be there of each app that was behind since the list was read, also while it is read. */
  readonly newest: ReadonlyMap<string, number>;
  /** Apps of which reading a newer version has failed, by id, and when that is tried again. */
  readonly unread: ReadonlyMap<string, WaitingLink>;
  /** Apps that were changed and that the list lacks, by id, and in which event that was seen: the list brings them. */
  readonly unlisted: ReadonlyMap<string, number>;
}

/** Whether a failure says that the server has no change log: not of one that changes were seen from in this session. */
export function saysNoLog({ link }: Live, failure: Failure): boolean {
  return link.kind === "off" && isWithoutChangeLog(failure);
}

/** Before anything was followed. */
export const notLive: Live = {
  link: { kind: "off" },
  latest: undefined,
  behind: new Map(),
  reading: new Set(),
  newest: new Map(),
  unread: new Map(),
  unlisted: new Map(),
};

/** What is known with the apps of changes noted that the list lacks. No row moves for them. */
export function noteUnlisted(
  live: Live,
  changes: readonly { readonly appId: string }[],
  { apps }: Pick<AppList, "apps">,
  eventCount: number,
): Live {
  const missing = new Set(changes.map(({ appId }) => appId));
  for (const { id } of apps) missing.delete(id);
  if (missing.size === 0) return live;
  const unlisted = new Map(live.unlisted);
  for (const id of missing) unlisted.set(id, eventCount);
  return { ...live, unlisted };
}

/**
 * What is known once the list was read that was asked for in this event: what it lacks now was added since, or is gone. A
 * newest version that it has itself needs to be known no longer.
 */
export function withListed(before: Live, { apps }: Pick<AppList, "apps">, askedAt: number): Live {
  const live = before.newest.size === 0 ? before : { ...before, newest: notYetListed(before.newest, apps) };
  if (live.unlisted.size === 0) return live;
  const unlisted = new Map([...live.unlisted].filter(([, at]) => at > askedAt));
  for (const { id } of apps) unlisted.delete(id);
  return { ...live, unlisted };
}

/** Of these versions those that are newer than what the list has, and are still to come. */
function notYetListed(newest: Live["newest"], apps: AppList["apps"]): Live["newest"] {
  const left = new Map<string, number>();
  for (const { id, etag } of apps) {
    const known = newest.get(id);
    const listed = parseETagVersion(etag);
    if (known !== undefined && listed !== undefined && listed < known) left.set(id, known);
  }
  return left;
}

/** How many apps others have added since the list was read; 0 while it is read, since what it lacks may be old. */
export function addedApps({
  list,
  live,
}: {
  readonly list: Pick<AppList, "complete">;
  readonly live: Live;
}): number {
  return list.complete ? live.unlisted.size : 0;
}

/** What is known with apps noted of which these versions are there. */
export function noteBehind(
  live: Live,
  versions: readonly (NewerVersion & { readonly appId: string })[],
): Live {
  const behind = new Map(live.behind);
  const newest = new Map(live.newest);
  for (const { appId, version, after } of versions) {
    const noted = behind.get(appId);
    // Where the app is being read for an earlier one, what comes of that may be older than this one.
    const first = newest.has(appId) ? undefined : {};
    const earlier = noted === undefined ? first : noted.after;
    behind.set(appId, {
      version: Math.max(version, noted?.version ?? 0),
      after: earlier && after && { ...earlier, ...after },
    });
    newest.set(appId, Math.max(version, newest.get(appId) ?? 0));
  }
  return { ...live, behind, newest };
}

/** What is known with an app noted that is to be read once more: it came while it could not be taken in. */
export function noteReadLater(live: Live, { id, etag }: KnownApp): Live {
  const version = parseETagVersion(etag) ?? live.newest.get(id) ?? 0;
  return noteBehind(live, [{ appId: id, version, after: undefined }]);
}

/** What is known once newer versions of these apps are being read, or are waited for: they are behind no more. */
export function withoutBehind(live: Live, appIds: readonly string[]): Live {
  const behind = new Map(live.behind);
  for (const appId of appIds) behind.delete(appId);
  return { ...live, behind };
}

/** What is known once newer versions of these apps are being read. */
export function noteReading(live: Live, appIds: readonly string[]): Live {
  return { ...withoutBehind(live, appIds), reading: new Set([...live.reading, ...appIds]) };
}

/** What is known once reading a newer version of an app has ended. */
export function noteReadingEnded(live: Live, appId: string): Live {
  return { ...live, reading: new Set([...live.reading].filter((id) => id !== appId)) };
}

/** Whether an app as it was read is older than a version. Where its ETag names none, its values tell. */
export function isOlder({ etag, installSummary }: KnownApp, { version, after }: NewerVersion): boolean {
  const read = parseETagVersion(etag);
  if (read !== undefined) return read < version;
  return after === undefined || editedCounters(after).some((name) => after[name] !== installSummary[name]);
}

/** What is known with when a newer version of an app is read again; undefined where nothing is waited for. */
export function noteUnread(live: Live, appId: string, waiting: WaitingLink | undefined): Live {
  if (waiting === undefined && !live.unread.has(appId)) return live;
  const unread = new Map(live.unread);
  if (waiting === undefined) unread.delete(appId);
  else unread.set(appId, waiting);
  return { ...live, unread };
}
