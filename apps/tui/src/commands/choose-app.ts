import { isAppId } from "@install-summary/core";
import type { InstallSummaryClient, ListedApp } from "@install-summary/core/client";
import { UserError, exitCodes, shownWord } from "@install-summary/command-line/errors";
import { commandText } from "../words/command-text.ts";
import type { CommandContext } from "./command-context.ts";
import { foldText } from "../text/fold-text.ts";
import { appTitle } from "../words/app-identity.ts";
import { searchWords } from "./search-words.ts";

type ChoiceContext = Pick<CommandContext, "place" | "signal">;

/** At least four hexadecimal digits, with the dashes of a GUID or without. */
const idBeginning = /^[0-9a-f]{4}[0-9a-f-]{0,31}$/i;

/**
 * The app that a text names: by its id, by its name in full without case, or as the only app whose name contains it or whose id
 * begins with it. A name in full comes first. Throws `UserError` for an unknown app and for several that fit.
 */
export async function chooseApp(
  client: Pick<InstallSummaryClient, "getApp" | "list">,
  text: string,
  context: ChoiceContext,
): Promise<ListedApp> {
  const { signal } = context;
  if (isAppId(text)) return client.getApp(text, { signal });
  const wanted = foldText(text).trim();
  if (wanted === "") throw notFound(context, text, "An empty name finds no app.");
  const id = idBeginning.test(text.trim()) ? idKey(text.trim()) : undefined;
  const equal: ListedApp[] = [];
  const containing: ListedApp[] = [];
  const beginning: ListedApp[] = [];
  // No server searches by the beginning of an id, so all apps are read for one.
  for await (const app of client.list({ search: id === undefined ? searchWords(text) : undefined, signal })) {
    const name = foldText(app.displayName ?? "").trim();
    if (name === wanted) equal.push(app);
    else if (name.includes(wanted)) containing.push(app);
    else if (id !== undefined && idKey(app.id).startsWith(id)) beginning.push(app);
  }
  const found = equal.length > 0 ? equal : [...containing, ...beginning];
  const [app] = found;
  if (app === undefined) {
    const nowhere = id === undefined ? "" : ", and no id begins with it";
    throw notFound(context, text, `No app's name contains ${shownWord(text)}${nowhere}.`);
  }
  if (found.length === 1) return app;
  if (equal.length > 0) throw ambiguous(text, found, "is the name", context);
  if (containing.length === 0) throw ambiguous(text, found, "begins the ids", context);
  const how = beginning.length === 0 ? "is in the names" : "is in the names, or begins the ids,";
  throw ambiguous(text, found, how, context);
}

function idKey(text: string): string {
  return text.toLowerCase().replaceAll("-", "");
}

function notFound({ place }: ChoiceContext, argument: string, message: string): UserError {
  const help = [
    `${commandText(place, "list", "--filter", "TEXT")} finds apps by words of their name or publisher.`,
  ];
  return new UserError(message, { exit: exitCodes.notFound, code: "AppNotFound", argument, help });
}

function ambiguous(
  argument: string,
  apps: readonly ListedApp[],
  how: string,
  { place }: ChoiceContext,
): UserError {
  const shown = apps.slice(0, 10).map((app) => `${app.id}  ${appTitle(app)}`);
  const more =
    apps.length > shown.length
      ? [
          `and ${apps.length - shown.length} more: ${commandText(place, "list", "--limit", "0")} shows all ids`,
        ]
      : [];
  return new UserError(`${shownWord(argument)} ${how} of ${apps.length} apps. Name one by its id:`, {
    exit: exitCodes.usage,
    code: "AmbiguousApp",
    argument,
    help: [...shown, ...more],
  });
}
