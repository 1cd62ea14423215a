import type { Command, CommandContext, RouteMap } from "@stricli/core";
import { nothing, type Completion, type CompletionParts, type Completions } from "./completion.ts";
import {
  optionWords,
  programOptions,
  takesFile,
  takesValue,
  valuesOf,
  type OptionPlace,
} from "./completion-options.ts";
import { positionalWords } from "./completion-positionals.ts";

type Route<Context extends CommandContext> = RouteMap<Context> | Command<Context>;

const editorOptions: ReadonlySet<string> = new Set(["--plain", "--screen-reader"]);

/** What can stand in the place of `current` after the words of a command line, without the program's name. */
export function completionsOf<Context extends CommandContext>(
  words: readonly string[],
  current: string,
  parts: CompletionParts<Context>,
): Completions {
  if (words.includes("--")) return nothing;
  const { command, path, rest } = findCommand(parts.routes, words[0] === "help" ? words.slice(1) : words);
  if (isRouteMap(command)) {
    const isTop = path.length === 0 && words[0] !== "help";
    return isTop
      ? topWords(command, words, current, parts)
      : starting(commandWords(command, path.length === 0), current);
  }
  if (words[0] === "help") return nothing;
  const value = optionValue(command, rest, current, parts);
  if (value !== undefined) return value;
  if (current.startsWith("-") && current !== "-") return starting(optionWords(command, words), current);
  const given = rest.filter(
    (word, index) => !word.startsWith("-") && !takesValue(rest[index - 1] ?? "", command),
  );
  const { words: candidates, filesAfter } = positionalWords(path.join(" "), given, current);
  return { ...starting(candidates, current), filesAfter };
}

/** In place of a command: one, or the program's own options. Those of the editor are followed by no command. */
function topWords<Context extends CommandContext>(
  routes: RouteMap<Context>,
  words: readonly string[],
  current: string,
  parts: CompletionParts<Context>,
): Completions {
  const value = optionValue(programOptions, words, current, parts);
  if (value !== undefined) return value;
  if (current.startsWith("-")) return starting(optionWords(programOptions, words), current);
  const isEditor = words.some((word) => editorOptions.has(word));
  return starting(isEditor ? optionWords(programOptions, words) : commandWords(routes, true), current);
}

/** What can be the value of the option that is being typed, or was typed just before; undefined where neither is one. */
function optionValue<Context extends CommandContext>(
  place: OptionPlace<Context>,
  words: readonly string[],
  current: string,
  parts: CompletionParts<Context>,
): Completions | undefined {
  const named = /^(--[\w-]+)=/.exec(current)?.[1];
  if (named !== undefined) {
    const values = valuesOf(named, place, parts).map(({ word, meaning }) => ({
      word: `${named}=${word}`,
      meaning,
    }));
    return starting(values, current);
  }
  const before = words.at(-1) ?? "";
  if (!takesValue(before, place)) return undefined;
  const filesAfter = takesFile(before, place) ? "" : undefined;
  return { ...starting(valuesOf(before, place, parts), current), filesAfter };
}

function starting(words: readonly Completion[], current: string): Completions {
  return { ...nothing, words: words.filter(({ word }) => word.startsWith(current)) };
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
    // The name of a profile may be that of a command.
    if (takesValue(words[index - 1] ?? "", programOptions)) continue;
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
