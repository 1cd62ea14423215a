const yes: ReadonlySet<string> = new Set(["true", "t", "yes", "y", "on", "1", ""]);
const no: ReadonlySet<string> = new Set(["false", "f", "no", "n", "off", "0"]);

/**
 * The value of a switch of the command line, in any case: the words are those of stricli, so that what is read before a command
 * is known, or by a rule of a setting's own, is read as it reads the others. Undefined for any other text, which is refused.
 */
export function parseSwitch(text: string): boolean | undefined {
  const word = text.toLowerCase();
  if (yes.has(word)) return true;
  return no.has(word) ? false : undefined;
}
