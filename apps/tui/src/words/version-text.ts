import { parseETagVersion } from "@install-summary/core/text";

// A server may send no ETags. What is said of a version alone takes none but one that is there; each sentence has other words
// for a summary without one.

/** How a version is called: by the number in an ETag of ours, or by another server's ETag as it is. */
export function versionText(etag: string): string {
  return `version ${shortVersion(etag)}`;
}

/** A version without the word: `7`. */
export function shortVersion(etag: string): string {
  return String(parseETagVersion(etag) ?? etag);
}

/** A version as a fact beside others, or that there is none. */
export function versionFact(etag: string | undefined): string {
  return etag === undefined ? "no version" : versionText(etag);
}

/** What has values: a version, or else the app. */
export function holderText(etag: string | undefined): string {
  return etag === undefined ? "the app" : versionText(etag);
}

/** That an app is as it was read. */
export function unchangedText(etag: string | undefined): string {
  return etag === undefined ? "its values are unchanged" : `${versionText(etag)} is unchanged`;
}

/** That an app is other than it was. */
export function otherNowText(now: string | undefined): string {
  return now === undefined ? "other values are there now" : `${versionText(now)} is there now`;
}

/** That an app is other than it was read. A store that began anew counts its versions from 1 again. */
export function thereNowText(read: string | undefined, now: string | undefined): string {
  return now !== undefined && read === now ? `${versionText(now)} has other values now` : otherNowText(now);
}

/** What reading an app again gave, before what follows from it: `Read again: version 7`. */
export function readAgainText(etag: string | undefined): string {
  return etag === undefined ? "Read again" : `Read again: ${versionText(etag)}`;
}
