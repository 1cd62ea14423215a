import { formatETag } from "@install-summary/core";
import { parseETagVersion } from "@install-summary/core/text";

/** The version that a response's ETag was made of. Throws for any other text. */
export function versionOf(etag: string | null | undefined): number {
  const version = parseETagVersion(etag ?? undefined);
  if (version === undefined) throw new Error(`A response has the ETag ${etag}.`);
  return version;
}

/** `If-Match` for a version, or no header. */
export function matching(version: number | undefined): Readonly<Record<string, string>> {
  return version === undefined ? {} : { "If-Match": formatETag(version) };
}
