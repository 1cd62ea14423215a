import { fstatSync, statSync } from "node:fs";

/** Which file a path leads to. Another file that takes its path has another identity. */
export interface FileIdentity {
  readonly device: bigint;
  readonly inode: bigint;
  /** In bytes. */
  readonly size: bigint;
}

/** The file or folder at a path; undefined where there is none. Throws the system's error where it cannot be told. */
export function identifyFile(path: string): FileIdentity | undefined {
  try {
    const { dev, ino, size } = statSync(path, { bigint: true });
    return { device: dev, inode: ino, size };
  } catch (error) {
    if (isAbsence(error)) return undefined;
    throw error;
  }
}

/** The file that standard input is read from; undefined where it is a pipe or a terminal. */
export function identifyInput(): FileIdentity | undefined {
  const found = fstatSync(0, { bigint: true });
  return found.isFile() ? { device: found.dev, inode: found.ino, size: found.size } : undefined;
}

/** True where both are the same file, or both are missing. */
export function isSameFile(one: FileIdentity | undefined, other: FileIdentity | undefined): boolean {
  return one?.inode === other?.inode && one?.device === other?.device;
}

/** True for the error of a path where nothing is. */
export function isAbsence(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR");
}
