const reasons: ReadonlyMap<unknown, string> = new Map([
  ["ENOENT", "there is nothing of that name"],
  ["EEXIST", "it, or a part of its path, is a file"],
  ["ENOTDIR", "it, or a part of its path, is a file"],
  ["EISDIR", "it is a folder"],
  ["EACCES", "it is not yours to use"],
  ["EPERM", "it is not yours to use"],
  ["EROFS", "its disk is read-only"],
  ["ENOSPC", "its disk is full"],
]);

/** Why a file or folder cannot be used, as the end of a sentence that names it. */
export function describeFileFault(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return ("code" in error ? reasons.get(error.code) : undefined) ?? error.message;
}
