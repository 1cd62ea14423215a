import { homedir } from "node:os";
import { resolve } from "node:path";

/** Where a path leads that a person wrote: `~` is their home, and a relative one begins in `folder`. */
export function wholePath(path: string, folder: string): string {
  return resolve(folder, path.replace(/^~(?=$|[\\/])/, homedir));
}

/** What the name of a file has at most on the usual systems. */
const maxNameLength = 255;

/**
 * Whether a text that stands for the path of a token's file may be the token itself, whatever is around it: then it is not
 * shown. `eyJ` is how the JSON of a token begins in base64url, and a token without it is longer than a name.
 */
export function mayBeToken(path: string): boolean {
  return path.includes("eyJ") || path.length > maxNameLength;
}
