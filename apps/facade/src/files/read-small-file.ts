import { UserError } from "@install-summary/command-line/errors";
import { readFileSync, statSync } from "node:fs";

/** What a key, a password or a chain of certificates never needs. */
const maxBytes = 1024 * 1024;

/**
 * Reads a file that a setting names; `name` begins a sentence about it. Throws `UserError` for a folder, a pipe or a device, since
 * reading those might never end, and for a file that is too large to be meant; the system's error where it cannot be read.
 */
export function readSmallFile(name: string, file: string): Buffer {
  const status = statSync(file);
  if (!status.isFile()) throw new UserError(`${name} is a folder, a pipe or a device, and not a file.`);
  if (status.size > maxBytes) throw new UserError(`${name} is larger than ${maxBytes} bytes.`);
  return readFileSync(file);
}
