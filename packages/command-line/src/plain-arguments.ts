/**
 * Arguments as stricli reads them, from forms that people expect of a command line: `help`, `help set` and `version`
 * as words, and `--filter=` as an empty value. What follows `--` stays as it is.
 */
export function plainArguments(inputs: readonly string[]): readonly string[] {
  const [first, ...rest] = inputs;
  if (first === "help") return [...rest, "--help"];
  if (first === "version" && rest.length === 0) return ["--version"];
  const end = inputs.includes("--") ? inputs.indexOf("--") : inputs.length;
  return [...inputs.slice(0, end).flatMap(splitEmptyValue), ...inputs.slice(end)];
}

function splitEmptyValue(input: string): readonly string[] {
  return /^--[a-zA-Z][\w-]*=$/.test(input) ? [input.slice(0, -1), ""] : [input];
}
