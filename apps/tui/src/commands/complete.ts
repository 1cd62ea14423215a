import type { RouteMap } from "@stricli/core";
import { visibleText } from "@install-summary/core/text";
import { configPath, readConfig } from "../config/config-file.ts";
import type { CommandContext } from "./command-context.ts";
import { completionsOf } from "./completion-words.ts";

/**
 * Prints each word that can come in the place of `current`, with its meaning behind a tab, and `:files` where files can, or
 * `:files@` where they can behind an `@`. What cannot stand on a line, or moves the cursor, is left to those who type it.
 */
export async function complete(
  { process: { stdout } }: Pick<CommandContext, "process">,
  current: string,
  before: readonly string[],
  routes: RouteMap<CommandContext>,
): Promise<void> {
  const file = await configPath();
  const found = completionsOf(before, current, { routes, profiles: () => profilesIn(file) });
  const lines = found.words
    .filter(({ word }) => word !== "" && !word.startsWith(":") && visibleText(word, word.length) === word)
    // Behind its sign a person goes on: shells would end it there with a blank, or with quotes.
    .filter(({ word }) => word !== current || !word.endsWith("="))
    .map(({ word, meaning }) => (meaning === "" ? word : `${word}\t${meaning}`));
  const files = found.filesAfter === undefined ? [] : [`:files${found.filesAfter}`];
  stdout.write([...lines, ...files].map((line) => `${line}\n`).join(""));
}

/** A config file that cannot be read completes nothing, and is told by the commands that use it. */
function profilesIn(file: string): readonly string[] {
  try {
    return [...readConfig(file).profiles.keys()];
  } catch {
    return [];
  }
}
