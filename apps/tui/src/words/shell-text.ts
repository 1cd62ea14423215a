/** A shell whose quoting copied commands have. */
export type Shell = "posix" | "powershell";

/** The shell that a program with this environment was most likely started from. */
export function shellOf(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform = process.platform,
): Shell {
  const isSet = (name: string): boolean => (env[name] ?? "") !== "";
  // Git Bash and its like set these on Windows. Elsewhere only PowerShell sets where its modules are.
  if (platform === "win32") return isSet("SHELL") || isSet("MSYSTEM") ? "posix" : "powershell";
  return isSet("PSModulePath") ? "powershell" : "posix";
}

/** A text in quotes, inside which the shell reads every sign as it is. */
export function quoted(text: string, shell: Shell): string {
  if (shell === "posix") return `'${text.replaceAll("'", String.raw`'\''`)}'`;
  // PowerShell takes typographic quotes for quotes too.
  return `'${text.replaceAll(/['\u2018-\u201b]/g, "$&$&")}'`;
}

/** A word of a command: in quotes only where it needs them. */
export function shellWord(text: string, shell: Shell): string {
  return /^[A-Za-z0-9][\w.=-]*$/.test(text) ? text : quoted(text, shell);
}
