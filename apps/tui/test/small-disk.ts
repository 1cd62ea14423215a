import { execFileSync } from "node:child_process";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** A disk of its own, which can refuse what root may write too. */
export interface SmallDisk {
  /** Leaves no room for another file. */
  fill(): Promise<void>;
  /** Makes room again. */
  empty(): Promise<void>;
  /** Whether anything on it can be changed. */
  setWritable(isWritable: boolean): void;
  unmount(): void;
}

/** Mounts a small disk; undefined where that is not allowed. */
export async function mountSmallDisk(path: string): Promise<SmallDisk | undefined> {
  await mkdir(path, { recursive: true });
  const mount = (...args: readonly string[]): void => {
    execFileSync("mount", [...args, path], { stdio: "ignore" });
  };
  try {
    mount("-t", "tmpfs", "-o", "size=256k", "tmpfs");
  } catch {
    return undefined;
  }
  const fillers = [200_000, 64_000, 8000, 4000].map((size, index) => ({
    file: join(path, `filler-${index}`),
    size,
  }));
  return {
    async fill() {
      for (const { file, size } of fillers) await writeFile(file, Buffer.alloc(size)).catch(() => {});
    },
    async empty() {
      for (const { file } of fillers) await rm(file, { force: true });
    },
    setWritable: (isWritable) => mount("-o", `remount,${isWritable ? "rw" : "ro"}`),
    unmount: () => execFileSync("umount", ["-l", path], { stdio: "ignore" }),
  };
}
