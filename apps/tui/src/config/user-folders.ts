import fs from "node:fs";
import path from "node:path";
import process from "node:process";

/** The folders of this program for one user. */
export interface UserFolders {
  readonly config: string;
  readonly data: string;
  readonly cache: string;
}

/** The variables that say where a user's folders are. */
const places = [
  "HOME",
  "XDG_CONFIG_HOME",
  "XDG_DATA_HOME",
  "XDG_CACHE_HOME",
  "USERPROFILE",
  "APPDATA",
  "LOCALAPPDATA",
];

/** Where this program's folders are for this user, by the rules of the system. Rejects where the user has no home. */
export async function userFolders(): Promise<UserFolders> {
  ignoreRelative();
  // It looks the home up when it is loaded.
  const { default: envPaths } = await import("env-paths");
  return envPaths("install-summary", { suffix: "" });
}

/**
 * Ignores a variable that is empty or holds a relative path. That would lead into the current folder, which may be somebody
 * else's project, with commands in a config file. Source: XDG Base Directory Specification 0.8.
 */
function ignoreRelative(): void {
  for (const name of places) {
    const place = process.env[name];
    if (place !== undefined && !path.isAbsolute(place)) Reflect.deleteProperty(process.env, name);
  }
}

/**
 * Makes a folder for its owner alone, and those above it. Level by level: Node's own recursion does not end where a system
 * refuses new folders with ENOENT, as /proc does. Throws the system's error.
 */
export function makeFolder(folder: string): void {
  if (fs.existsSync(folder)) return;
  const parent = path.dirname(folder);
  if (parent !== folder) makeFolder(parent);
  try {
    fs.mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // Another process may have made it in the meantime.
    if (!fs.existsSync(folder)) throw error;
  }
}
