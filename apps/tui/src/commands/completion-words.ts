import type { Command, CommandContext, RouteMap } from "@stricli/core";
import { counterWords } from "../words/counter-word.ts";
import { shells } from "./completion-shells.ts";
import { configKeys, findConfigKey } from "../config/config-keys.ts";

/** What can come next on a command line. */
export interface Completions {
  readonly words: readonly Completion[];
  /** Whether a file's name can come, too. */
  readonly files: boolean;
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

type Route<Context extends CommandContext> = RouteMap<Context> | Command<Context>;

const nothing: Completions = { words: [], files: false };

/** What can stand in the place of `current` after the words of a command line, without the program's name. */
export function completionsOf<Context extends CommandContext>(
  words: readonly string[],
  current: string,
  parts: CompletionParts<Context>,
): Completions {
  if (words.includes("--")) return nothing;
  const { command, path, rest } = findCommand(parts.routes, words[0] === "help" ? words.slice(1) : words);
  if (isRouteMap(command)) return starting(commandWords(command, path.length === 0), current);
  if (words[0] === "help") return nothing;
  const before = rest.at(-1) ?? "";
  const named = /^(--[\w-]+)=/.exec(current)?.[1];
  if (named !== undefined) {
    const values = valuesOf(named, command, parts).map(({ word, meaning }) => ({
      word: `${named}=${word}`,
      meaning,
    }));
    return starting(values, current);
  }
  if (takesValue(before, command)) {
    return { ...starting(valuesOf(before, command, parts), current), files: takesFile(before, command) };
  }
  if (current.startsWith("-") && current !== "-") return starting(optionWords(command, rest), current);
  const given = rest.filter(
    (word, index) => !word.startsWith("-") && !takesValue(rest[index - 1] ?? "", command),
  );
  const { words: candidates, files } = positionalWords(path.join(" "), given, current);
  return { ...starting(candidates, current), files };
}

function starting(words: readonly Completion[], current: string): Completions {
  return { words: words.filter(({ word }) => word.startsWith(current)), files: false };
}

function isRouteMap<Context extends CommandContext>(route: Route<Context>): route is RouteMap<Context> {
  return "getAllEntries" in route;
}

function findCommand<Context extends CommandContext>(
  routes: RouteMap<Context>,
  words: readonly string[],
): { readonly command: Route<Context>; readonly path: readonly string[]; readonly rest: readonly string[] } {
  let command: Route<Context> = routes;
  const path: string[] = [];
  for (const [index, word] of words.entries()) {
    if (!isRouteMap(command)) return { command, path, rest: words.slice(index) };
    const found: Route<Context> | undefined = command.getRoutingTargetForInput(word);
    if (found === undefined) continue;
    command = found;
    path.push(word);
  }
  return { command, path, rest: isRouteMap(command) ? words : [] };
}

function commandWords<Context extends CommandContext>(
  routes: RouteMap<Context>,
  isTop: boolean,
): readonly Completion[] {
  const commands = routes
    .getAllEntries()
    .filter(({ hidden }) => !hidden)
    .map(({ name, target }) => ({ word: name.original, meaning: target.brief }));
  const own = isTop ? [{ word: "help", meaning: "Show the help of a command" }] : [];
  return [...commands, ...own, { word: "--help", meaning: "Print help and exit" }];
}

interface Option {
  readonly words: readonly string[];
  readonly meaning: string;
  readonly takesValue: boolean;
  readonly isFile: boolean;
  readonly values: readonly string[];
}

function optionsOf<Context extends CommandContext>({ parameters }: Command<Context>): readonly Option[] {
  const { flags = {}, aliases = {} } = parameters;
  return Object.entries(flags).map(([name, flag]) => {
    const short = Object.entries(aliases).flatMap(([alias, meant]) => (meant === name ? [`-${alias}`] : []));
    const long = `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    return {
      words: [long, ...short],
      meaning: flag.brief,
      takesValue: flag.kind !== "boolean",
      isFile: "placeholder" in flag && flag.placeholder === "FILE",
      values: "values" in flag ? flag.values : [],
    };
  });
}

function optionWords<Context extends CommandContext>(
  command: Command<Context>,
  used: readonly string[],
): readonly Completion[] {
  const left = optionsOf(command).filter(({ words }) => !words.some((word) => used.includes(word)));
  const all = left.flatMap(({ words, meaning }) => words.map((word) => ({ word, meaning })));
  return [...all, { word: "--help", meaning: "Print help and exit" }];
}

function takesValue<Context extends CommandContext>(word: string, command: Command<Context>): boolean {
  return optionsOf(command).some((option) => option.takesValue && option.words.includes(word));
}

function takesFile<Context extends CommandContext>(word: string, command: Command<Context>): boolean {
  return optionsOf(command).some((option) => option.isFile && option.words.includes(word));
}

function valuesOf<Context extends CommandContext>(
  name: string,
  command: Command<Context>,
  { profiles }: CompletionParts<Context>,
): readonly Completion[] {
  const option = optionsOf(command).find(({ words }) => words.includes(name));
  if (option === undefined) return [];
  if (name === "--profile") return [...profiles(), "none"].map((word) => ({ word, meaning: "profile" }));
  if (name === "--sort") return sortWords;
  if (name === "--unset") return configKeys.map((key) => ({ word: key.name, meaning: key.help }));
  return option.values.map((word) => ({ word, meaning: "" }));
}

const sortWords: readonly Completion[] = [
  "app",
  "publisher",
  "platform",
  "version",
  "id",
  ...counterWords,
].flatMap((word) => [
  { word, meaning: "smallest first" },
  { word: `-${word}`, meaning: "largest first" },
]);

/** What follows the options: it depends on the command. The names of apps are not asked from a server. */
function positionalWords(
  command: string,
  given: readonly string[],
  current: string,
): { readonly words: readonly Completion[]; readonly files: boolean } {
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
