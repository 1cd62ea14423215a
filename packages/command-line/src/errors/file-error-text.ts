const texts: ReadonlyMap<unknown, string> = new Map([
  ["ENOENT", "no such file or directory"],
  // The system's word for a link that leads nowhere, too.
  ["EEXIST", "a file or a broken link is in the way"],
  ["ENOTDIR", "a file is in the way"],
  ["EISDIR", "it is a folder"],
  ["EACCES", "permission denied"],
  ["EPERM", "permission denied"],
  ["EROFS", "the disk is read-only"],
  ["ENOSPC", "the disk is full"],
  ["EDQUOT", "the disk quota is used up"],
  ["EFBIG", "it would be larger than a file may be"],
  ["ELOOP", "its symbolic links form a loop"],
  ["ENAMETOOLONG", "its name is too long"],
  ["EMFILE", "too many files are open"],
  ["ENFILE", "too many files are open"],
  ["EIO", "the disk reports an error"],
]);

/** Why a file or folder cannot be used, as the end of a sentence that names it: `no such file or directory`. */
export function fileErrorText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return ("code" in error ? texts.get(error.code) : undefined) ?? error.message;
}
