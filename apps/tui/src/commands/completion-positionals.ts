import { configKeys, findConfigKey } from "../config/config-keys.ts";
import { counterWords } from "../words/counter-word.ts";
import { nothing, type Completion, type Completions } from "./completion.ts";
import { shells } from "./completion-shells.ts";

/** What follows the options: it depends on the command. The names of apps are not asked from a server. */
export function positionalWords(command: string, given: readonly string[], current: string): Completions {
  switch (command) {
    case "plan":
      return { words: [], files: given.length < 2 };
    case "apply":
    case "import":
      return { words: [], files: given.length < 1 };
    case "set":
      return given.length === 0
        ? nothing
        : { words: current.startsWith("@") ? [] : assignmentWords(given), files: false };
    case "completion":
      return {
        words: given.length === 0 ? shells.map((word) => ({ word, meaning: "shell" })) : [],
        files: false,
      };
    case "config":
      return { words: configWords(given), files: false };
    default:
      return nothing;
  }
}

function assignmentWords(given: readonly string[]): readonly Completion[] {
  const isGiven = (word: string): boolean =>
    given.some((other) => /^[\w.-]+?(?=[+-]?=)/.exec(other)?.[0] === word);
  return counterWords
    .filter((word) => !isGiven(word))
    .map((word) => ({ word: `${word}=`, meaning: "counter" }));
}

function configWords([key, ...more]: readonly string[]): readonly Completion[] {
  if (key === undefined) return configKeys.map(({ name, help }) => ({ word: name, meaning: help }));
  const values = more.length === 0 ? (findConfigKey(key)?.values ?? []) : [];
  return values.map((word) => ({ word, meaning: "" }));
}
