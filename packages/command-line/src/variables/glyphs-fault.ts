import { shownWord } from "../errors/shown-word.ts";
import { readVariable } from "./unknown-variables.ts";

const glyphsVariable = "INSTALL_SUMMARY_GLYPHS";

/** Why what the environment says of the terminal's signs cannot be followed. */
export function glyphsFault(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const chosen = readVariable(env, glyphsVariable);
  if (chosen === undefined || chosen === "ascii" || chosen === "unicode") return undefined;
  return `${glyphsVariable} must be unicode or ascii; got ${shownWord(chosen)}.`;
}
