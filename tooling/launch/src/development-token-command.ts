import { facadeProgram, fromSources } from "./project.ts";
import { shellWord } from "./shell-word.ts";

/**
 * A command line for `INSTALL_SUMMARY_TOKEN_COMMAND` that prints a token of the development issuer in the data
 * folder that the environment of the command names.
 */
export const developmentTokenCommand: string = [
  shellWord(process.execPath),
  fromSources,
  shellWord(facadeProgram),
  "token",
].join(" ");
