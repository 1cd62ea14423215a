import { exitCodes } from "@install-summary/command-line/errors";
import { diagnose } from "../doctor/diagnose.ts";
import { readSettings } from "../settings/read-settings.ts";
import type { CommandContext } from "./command-context.ts";
import type { ServeFlags } from "./serve.ts";

/** Prints what each check found, and ends with the exit code of the first that failed. */
export async function doctor(
  { env, folder, process, endWith }: CommandContext,
  flags: ServeFlags,
): Promise<void> {
  const settings = readSettings({ options: flags, env, folder });
  process.stdout.write(line("ok", "settings", ["each is valid, and they fit together"]));
  let isFailed = false;
  for await (const { check, exit, lines } of diagnose(settings)) {
    process.stdout.write(line(exit === exitCodes.done ? "ok" : "FAIL", check, lines));
    if (exit === exitCodes.done || isFailed) continue;
    isFailed = true;
    endWith(exit);
  }
}

/** Further lines begin under the first. */
function line(verdict: "ok" | "FAIL", check: string, lines: readonly string[]): string {
  return `${verdict.padEnd(4)}  ${check.padEnd(11)}  ${lines.join(`\n${" ".repeat(19)}`)}\n`;
}
