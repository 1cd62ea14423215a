import { spawnSync } from "node:child_process";

/** Why a command does not work on this machine; undefined where it does. */
export function reasonAgainst(command: string, ...args: readonly string[]): string | undefined {
  const { error, status, stderr } = spawnSync(command, args, { encoding: "utf8" });
  if (error !== undefined) return `${command} is not installed`;
  return status === 0 ? undefined : `${command} does not work here: ${stderr.trim()}`;
}
