import type { Shell } from "../../words/shell-text.ts";
import { wrapCommand } from "./wrap-command.ts";
import { wrapPowershell } from "./wrap-powershell.ts";

/** Commands of a shell in lines of at most `width` cells that still work when they are selected and pasted. */
export function wrapForShell(commands: string, shell: Shell, width: number): readonly string[] {
  return shell === "powershell" ? wrapPowershell(commands, width) : wrapCommand(commands, width);
}
