/** Words for a secret in an option's name. An option for a file is given its path. */
const secretOption =
  /^--?(?!\S*file(?:=|$))(?:[\w-]*(?:token|passw|secret|key)[\w-]*|(?:[\w-]*-)?pat(?:-[\w-]*)?)(?==|$)/i;

/** `--token=…` of `--token=abc`: the option need not exist for its value to be a secret. */
export function withoutOptionSecret(input: string): string {
  const [option] = secretOption.exec(input) ?? [];
  return option === undefined || input.length <= option.length + 1 ? input : `${option}=…`;
}

/** Arguments as a person may see them: without what is given to an option whose name says that it is a secret. */
export function withoutOptionSecrets(inputs: readonly string[]): readonly string[] {
  return inputs.map((input, index) => {
    const before = inputs[index - 1] ?? "";
    const isValue = !input.startsWith("--") && secretOption.test(before) && !before.includes("=");
    return isValue ? "…" : withoutOptionSecret(input);
  });
}
