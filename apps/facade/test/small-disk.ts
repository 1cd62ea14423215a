import { spawnSync } from "node:child_process";

/** What ended on a small disk. */
export interface EndedOnDisk {
  readonly exit: number;
  readonly printed: string;
  readonly stderr: string;
  /** The lines that the commands afterwards have printed. */
  readonly left: readonly string[];
}

/** What shells run on the disk before and afterwards. */
export interface DiskOptions {
  /** As `mount` takes it: `9m`. */
  readonly size: string;
  readonly folder: string;
  readonly before?: string;
  readonly afterwards?: string;
}

/** Leaves so many KiB of the disk free. */
export function fillBut(kibibytes: number): string {
  return `dd if=/dev/zero of=disk/ballast bs=1k status=none count=$(($(df -k --output=avail disk | tail -n 1) - ${kibibytes}))`;
}

/** Runs Node with arguments in a folder on a small disk, `disk`; undefined where none can be mounted. */
export function runOnDisk(
  { size, folder, before = ":", afterwards = ":" }: DiskOptions,
  ...args: readonly string[]
): EndedOnDisk | undefined {
  const script = `mkdir disk && mount -t tmpfs -o size=${size},mode=700 none disk && {
    ${before}; "$0" "$@"; echo "exit $?"; ${afterwards}; }`;
  const command = [process.execPath, "--conditions=@install-summary/source", ...args];
  const { stdout, stderr } = spawnSync("unshare", ["-rm", "sh", "-c", script, ...command], {
    cwd: folder,
    env: { PATH: process.env["PATH"] },
    encoding: "utf8",
  });
  const [printed = "", rest] = stdout.split(/^exit /m);
  const [exit, ...left] = rest?.trimEnd().split("\n") ?? [];
  return exit === undefined ? undefined : { exit: Number(exit), printed, stderr, left };
}
