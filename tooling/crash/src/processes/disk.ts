import { spawn } from "node:child_process";
import { once } from "node:events";
import { reasonAgainst } from "./programs.ts";

/** A disk of its own, which only programs inside see under its folder, and which is gone with the process that holds it. */
export interface Disk extends AsyncDisposable {
  /** The command that runs a program where the disk is. */
  readonly within: readonly string[];
  /** The same folder as everyone sees it. */
  readonly path: string;
}

const inNamespace = { tmpfs: ["-r", "-m"], ext4: ["-m"] } as const;

/** Mounts an empty disk in memory. */
export function mountMemory(folder: string, kibibytes: number): Promise<Disk> {
  return hold("tmpfs", folder, ["-t", "tmpfs", "-o", `size=${kibibytes}k`, "none"]);
}

/** Mounts a file that holds a file system of ext4. */
export function mountImage(folder: string, image: string): Promise<Disk> {
  return hold("ext4", folder, ["-t", "ext4", "-o", "loop", image]);
}

/** Why a disk of a kind cannot be mounted here. */
export function noDisk(kind: keyof typeof inNamespace): string | undefined {
  return reasonAgainst("unshare", ...inNamespace[kind], "true");
}

async function hold(
  kind: keyof typeof inNamespace,
  folder: string,
  options: readonly string[],
): Promise<Disk> {
  const script = `mount "$@" && echo mounted && exec cat`;
  const args = [...inNamespace[kind], "sh", "-c", script, "sh", ...options, folder];
  // It ends with this process too, since that holds its standard input.
  const holder = spawn("unshare", args, { stdio: ["pipe", "pipe", "inherit"] });
  const ended = once(holder, "close");
  const [said] = await Promise.race([once(holder.stdout, "data"), ended]);
  if (!Buffer.isBuffer(said))
    throw new Error(`The disk ${folder} could not be mounted: ${options.join(" ")}`);
  const pid = String(holder.pid);
  const user = kind === "tmpfs" ? ["-U", "--preserve-credentials"] : [];
  return {
    within: ["nsenter", "-t", pid, "-m", ...user],
    path: `/proc/${pid}/root${folder}`,
    async [Symbol.asyncDispose]() {
      holder.stdin.end();
      await ended;
    },
  };
}
