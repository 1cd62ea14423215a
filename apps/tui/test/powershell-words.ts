/** PowerShell takes typographic quotes for straight ones. */
const quotes = "'‘’‚‛";
const quotedText = new RegExp(`^[${quotes}](?:[^${quotes}]|[${quotes}]{2})*[${quotes}]`);

/**
 * What PowerShell makes of commands, as about_Parsing and about_Quoting_Rules describe it: a backtick before a line break is
 * a blank, a line break or `;` elsewhere ends the command, two quotes in a quoted text are one, and `( … + … )` is a sum.
 * Texts begin with `=`, so that they are told from words. It is a reading of that grammar, not PowerShell itself.
 */
export function powershellWords(text: string): readonly (readonly string[])[] {
  const commands: string[][] = [[]];
  let sum: string | undefined;
  for (const token of tokensOf(text)) {
    const words = commands.at(-1) ?? [];
    const value = new RegExp(`^[${quotes}]`).test(token) ? textOf(token) : undefined;
    if (token === "(") sum = "";
    else if (token === ")") {
      words.push(`=${sum ?? ""}`);
      sum = undefined;
    } else if (sum !== undefined) sum += value ?? "";
    else if (token === ";" || token === "\n") commands.push([]);
    else words.push(value === undefined ? token : `=${value}`);
  }
  return commands;
}

function tokensOf(text: string): readonly string[] {
  const tokens: string[] = [];
  let rest = text;
  while (rest !== "") {
    const [token = ""] =
      quotedText.exec(rest) ?? /^(?:"[^"]*"|`\n| |\n|[();+]|[^\s'"‘’‚‛()+;`]+)/.exec(rest) ?? [];
    if (token === "" || (token.length > 1 && token !== "`\n" && token.includes("\n")))
      throw new Error(`not PowerShell: ${rest}`);
    rest = rest.slice(token.length);
    if (token !== " " && token !== "`\n") tokens.push(token);
  }
  return tokens;
}

function textOf(token: string): string {
  return token.slice(1, -1).replaceAll(new RegExp(`([${quotes}])[${quotes}]`, "g"), "$1");
}
