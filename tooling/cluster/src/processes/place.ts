import { spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serverAccount } from "@tooling/postgres";

/** A temporary folder of the servers' account, in which programs run. */
export interface Place extends AsyncDisposable {
  readonly folder: string;
  /** Makes a folder in it, and returns its path. */
  makeFolder(name: string): string;
  /** Writes a file in it that only its owner can read, and returns its path. */
  writeFile(name: string, text: string): string;
}

/**
 * Waits for the end of its input, which comes with the end of this process at the latest, however it ends. Then it ends
 * every process whose working folder is in the place, and removes the place.
 */
const guard = `
cat >/dev/null
for process in /proc/[0-9]*; do
  case "$(readlink "$process/cwd")" in "$0"/*) kill -KILL "\${process#/proc/}" ;; esac
done 2>/dev/null
rm -rf "$0"
[ ! -e "$0" ] || { sleep 1; rm -rf "$0"; }
`;

/** Makes one. When it is disposed, the programs in it end and it is removed. */
export function makePlace(): Place {
  // Paths of Unix sockets have at most 107 bytes.
  const folder = mkdtempSync(join(tmpdir(), "is-cluster-"));
  own(folder);
  const shell = spawn("/bin/sh", ["-c", guard, folder], {
    cwd: "/",
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  const ended = once(shell, "exit");
  shell.unref();
  return {
    folder,
    makeFolder(name) {
      const path = join(folder, name);
      mkdirSync(path, { mode: 0o700 });
      own(path);
      return path;
    },
    writeFile(name, text) {
      const path = join(folder, name);
      writeFileSync(path, text, { mode: 0o600 });
      own(path);
      return path;
    },
    async [Symbol.asyncDispose]() {
      shell.ref();
      shell.stdin.end();
      await ended;
    },
  };
}

function own(path: string): void {
  const { uid, gid } = serverAccount;
  if (uid !== undefined && gid !== undefined) chownSync(path, uid, gid);
}
