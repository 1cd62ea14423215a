import { parseETagVersion } from "@install-summary/core/text";

/** How a version is called: by the number in an ETag of ours, or by another server's ETag as it is. */
export function versionText(etag: string | undefined): string {
  if (etag === undefined) return "no version";
  return `version ${parseETagVersion(etag) ?? etag}`;
}

/** That an app is other than it was read. A store that began anew counts its versions from 1 again. */
export function thereNowText(read: string | undefined, now: string | undefined): string {
  if (now === undefined) return "other values are there now";
  return read === now ? `${versionText(now)} has other values now` : `${versionText(now)} is there now`;
}

/** A version without the word: `7`. */
export function shortVersion(etag: string | undefined): string {
  return etag === undefined ? "-" : String(parseETagVersion(etag) ?? etag);
}
