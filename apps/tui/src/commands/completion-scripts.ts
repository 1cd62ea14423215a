import { bashScript } from "./completion-bash.ts";
import { fishScript } from "./completion-fish.ts";
import { pwshScript } from "./completion-pwsh.ts";
import type { Shell } from "./completion-shells.ts";
import { zshScript } from "./completion-zsh.ts";

// Each script asks the program for what can come next: `complete -- =WORD BEFORE…`, where WORD is what is being typed, without
// the quotes of the shell. Its `=` keeps an empty word from being dropped, as Windows PowerShell does. It prints a word a line
// with its meaning behind a tab, `:files` where a file's name can come, too, and `:files@` where one can behind an `@`. What was
// typed is never evaluated, and what comes in its place is quoted for the shell.

/** The script that a shell loads. */
export const completionScripts: Readonly<Record<Shell, string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
  pwsh: pwshScript,
};
