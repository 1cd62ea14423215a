/** How a version is called: by the digits of its ETag, which stay opaque, or by the ETag as it is. */
export function versionText(etag: string | undefined): string {
  if (etag === undefined) return "no version";
  const [, digits] = /^(?:W\/)?"(\d+)"$/.exec(etag) ?? [];
  return `version ${digits ?? etag}`;
}
