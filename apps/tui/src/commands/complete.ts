import type { RouteMap } from "@stricli/core";
import { configPath, readConfig } from "../config/config-file.ts";
import type { CommandContext } from "./command-context.ts";
import { completionsOf } from "./completion-words.ts";

/** Prints each word that can come in the place of `current`, with its meaning behind a tab, and `:files` where files can. */
export async function complete(
  { process: { stdout } }: Pick<CommandContext, "process">,
  current: string,
  before: readonly string[],
  routes: RouteMap<CommandContext>,
): Promise<void> {
  const file = await configPath();
  const { words, files } = completionsOf(before, current, { routes, profiles: () => profilesIn(file) });
  const lines = words.map(({ word, meaning }) => (meaning === "" ? word : `${word}\t${meaning}`));
  stdout.write([...lines, ...(files ? [":files"] : [])].map((line) => `${line}\n`).join(""));
}

/** A config file that cannot be read completes nothing, and is told by the commands that use it. */
function profilesIn(file: string): readonly string[] {
  try {
    return [...readConfig(file).profiles.keys()];
  } catch {
    return [];
  }
}
