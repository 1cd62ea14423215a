import type { CommandContext, RouteMap } from "@stricli/core";

/** What can come next on a command line. */
export interface Completions {
  readonly words: readonly Completion[];
  /** What a file's name follows in the same word, where one can come, too. */
  readonly filesAfter: "" | "@" | undefined;
}

/** A word that can come next, with what it means. */
export interface Completion {
  readonly word: string;
  readonly meaning: string;
}

/** What a command line is completed with. */
export interface CompletionParts<Context extends CommandContext> {
  readonly routes: RouteMap<Context>;
  /** The names of the profiles in the config file. */
  readonly profiles: () => readonly string[];
}

/** Nothing can come next. */
export const nothing: Completions = { words: [], filesAfter: undefined };
