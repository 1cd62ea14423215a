import { parseETagVersion } from "@install-summary/core/text";

/** How a version is called: by the number in an ETag of ours, or by another server's ETag as it is. */
export function versionText(etag: string | undefined): string {
  if (etag === undefined) return "no version";
  return `version ${parseETagVersion(etag) ?? etag}`;
}

/** The same without the word: `7`. */
export function shortVersion(etag: string | undefined): string {
  return etag === undefined ? "-" : String(parseETagVersion(etag) ?? etag);
}
