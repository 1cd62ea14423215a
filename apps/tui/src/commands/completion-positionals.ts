import { configKeys, findConfigKey } from "../config/config-keys.ts";
import { counterWords } from "../words/counter-word.ts";
import { nothing, type Completion, type Completions } from "./completion.ts";
import { shells } from "./completion-shells.ts";

/** What follows the options: it depends on the command. The names of apps are not asked from a server. */
export function positionalWords(command: string, given: readonly string[], current: string): Completions {
  switch (command) {
    case "plan":
      return { words: [], filesAfter: given.length < 2 ? "" : undefined };
    case "apply":
    case "import":
      return { words: [], filesAfter: given.length < 1 ? "" : undefined };
    case "set":
      return given.length === 0 ? nothing : changeWords(given, current);
    case "completion":
      return only(given.length === 0 ? shells.map((word) => ({ word, meaning: "shell" })) : []);
    case "config":
      return only(configWords(given));
    default:
      return nothing;
  }
}

function only(words: readonly Completion[]): Completions {
  return { ...nothing, words };
}

/** Assignments, or the file of a patch, which stands alone. */
function changeWords(given: readonly string[], current: string): Completions {
  if (!current.startsWith("@")) return only(assignmentWords(given));
  return { words: [], filesAfter: given.length === 1 ? "@" : undefined };
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
