/** The value of a switch in the environment and in `config`: `true`, `1`, `false` or `0`; undefined for any other text. */
export function parseTrueOrFalse(text: string): boolean | undefined {
  if (text === "true" || text === "1") return true;
  return text === "false" || text === "0" ? false : undefined;
}
