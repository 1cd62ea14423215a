import type { Command, CommandContext, RouteMap } from "@stricli/core";
import { nothing, type Completion, type CompletionParts, type Completions } from "./completion.ts";
import { optionWords, takesFile, takesValue, valuesOf } from "./completion-options.ts";
import { positionalWords } from "./completion-positionals.ts";

type Route<Context extends CommandContext> = RouteMap<Context> | Command<Context>;

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
    const filesAfter = takesFile(before, command) ? "" : undefined;
    return { ...starting(valuesOf(before, command, parts), current), filesAfter };
  }
  if (current.startsWith("-") && current !== "-") return starting(optionWords(command, rest), current);
  const given = rest.filter(
    (word, index) => !word.startsWith("-") && !takesValue(rest[index - 1] ?? "", command),
  );
  const { words: candidates, filesAfter } = positionalWords(path.join(" "), given, current);
  return { ...starting(candidates, current), filesAfter };
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
