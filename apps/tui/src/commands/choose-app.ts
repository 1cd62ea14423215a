import { isAppId } from "@install-summary/core";
import type { InstallSummaryClient, ListedApp } from "@install-summary/core/client";
import { UserError, exitCodes, shownWord } from "@install-summary/command-line/errors";
import { commandText } from "../words/command-text.ts";
import type { CommandContext } from "./command-context.ts";
import { foldText } from "../text/fold-text.ts";
import { appTitle } from "../words/app-identity.ts";
import { searchWords } from "./search-words.ts";

type ChoiceContext = Pick<CommandContext, "place" | "signal">;

/**
 * The app that a text names: by its id, by its name in full without case, as the only app whose name contains it, or by
 * the beginning of its id that only one app has. A name comes first. Throws
 * `UserError` for an unknown app and for several that fit.
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
  const equal: ListedApp[] = [];
  const containing: ListedApp[] = [];
  for await (const app of client.list({ search: searchWords(text), signal })) {
    const name = foldText(app.displayName ?? "").trim();
    if (name === wanted) equal.push(app);
    else if (name.includes(wanted)) containing.push(app);
  }
  const found = equal.length > 0 ? equal : containing;
  const [app] = found;
  if (app === undefined) return chooseById(client, text, context);
  if (found.length === 1) return app;
  throw ambiguous(text, found, equal.length > 0 ? "is the name" : "is in the names", context);
}

/** At least four hexadecimal digits, with the dashes of a GUID or without. */
const idBeginning = /^[0-9a-f]{4}[0-9a-f-]{0,31}$/i;

/** The only app whose id begins with a text. No server searches by that, so all apps are read. */
async function chooseById(
  client: Pick<InstallSummaryClient, "list">,
  text: string,
  context: ChoiceContext,
): Promise<ListedApp> {
  const { signal } = context;
  if (!idBeginning.test(text)) throw notFound(context, text, `No app's name contains ${shownWord(text)}.`);
  const wanted = idKey(text);
  const found: ListedApp[] = [];
  for await (const app of client.list({ signal })) {
    if (idKey(app.id).startsWith(wanted)) found.push(app);
  }
  const [app] = found;
  if (app === undefined)
    throw notFound(context, text, `No app's name contains ${shownWord(text)}, and no id begins with it.`);
  if (found.length === 1) return app;
  throw ambiguous(text, found, "begins the ids", context);
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
