import { mkdtempSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";

/** The variables of a program, and what removes the home that was made for it. */
export interface Housed {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly remove: () => void;
}

/**
 * Gives a program an empty home unless its variables name a folder of their own. A program without one would read and
 * change the drafts of the person who runs the tests, and what one run leaves there would be offered to the next.
 */
export function ownHome(env: Readonly<Record<string, string | undefined>>): Housed {
  const home = env["HOME"] ?? homedir();
  if (env["XDG_DATA_HOME"] !== undefined || home !== homedir()) return { env, remove: () => {} };
  const folder = mkdtempSync(join(tmpdir(), "install-summary-home-"));
  return {
    env: {
      ...env,
      HOME: folder,
      USERPROFILE: folder,
      APPDATA: folder,
      LOCALAPPDATA: folder,
      XDG_DATA_HOME: join(folder, "data"),
      XDG_CONFIG_HOME: join(folder, "config"),
      XDG_STATE_HOME: join(folder, "state"),
      XDG_CACHE_HOME: join(folder, "cache"),
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
