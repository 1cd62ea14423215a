import { counterNames, formatETag, type InstallSummaryPatch } from "@install-summary/core";
import { parseETagVersion } from "@install-summary/core/text";
import type { CallSettings } from "../config/call-settings.ts";
import { defaultBaseUrl } from "../config/config-keys.ts";
import { noProfile, tokenVariables } from "../config/profile.ts";
import { isSameServer } from "../config/same-server.ts";
import { counterWord } from "./counter-words.ts";
import type { ServerPlace } from "./request-text.ts";
import { quoted, shellWord, type Shell } from "./shell-text.ts";
import type { KnownApp } from "./known-app.ts";

/** Where the commands that are shown are to work: on which server, in which shell, and how the program is called there. */
export interface CommandPlace extends ServerPlace {
  readonly settings: CallSettings;
  readonly program: string;
  readonly shell: Shell;
}

/**
 * The command that undoes an app's sent changes. `etag` is the version that the changes made: guarded by it, the command does
 * nothing once the app has changed again. Without one, as from a server without ETags, the last writer wins.
 */
export function undoCommand(
  place: CommandPlace,
  app: KnownApp,
  patch: InstallSummaryPatch,
  etag: string | undefined,
): string {
  const values = counterNames
    .filter((name) => patch[name] !== undefined)
    .map((name) => `${counterWord(name)}=${app.installSummary[name]}`);
  const guard = etag === undefined ? [] : ["--if-match", etagWord(etag, place.shell)];
  return commandText(place, "set", shellWord(app.id, place.shell), ...values, ...guard);
}

/** What is said above an undo command, and `when` it works; of a guard only where it has one. */
export function undoTitle(etag: string | undefined, when = ""): string {
  return etag === undefined
    ? `Undo${when} (the last writer wins):`
    : `Undo${when} (does nothing if the app has changed since):`;
}

/** The command that takes back the change that made a version of an app, as far as the log tells that it is left. */
export function undoVersionCommand(place: CommandPlace, { id }: KnownApp, version: number): string {
  return commandText(place, "undo", shellWord(id, place.shell), String(version));
}

/**
 * Commands that a shell reads as one line, and runs one after another whatever comes of each: pasted as lines of their own,
 * the first one that asks would read the next ones as its reply.
 */
export function commandList(commands: readonly string[], shell: Shell): string {
  return commands.join(shell === "powershell" ? "; `\n" : "; \\\n");
}

/** The command that shows apps as they are now. */
export function getCommand(place: CommandPlace, appIds: readonly string[]): string {
  return commandText(place, "get", ...appIds.map((id) => shellWord(id, place.shell)));
}

/** The command that shows what changed an app, by its id or as a person named it. */
export function historyCommand(place: CommandPlace, app: string): string {
  return commandText(place, "history", ...nameWords(app, place.shell));
}

/**
 * A name as words of a command, behind its options: one that begins with a dash would be read as an option. Scripts of
 * PowerShell keep the two dashes only in quotes.
 */
export function nameWords(name: string, shell: Shell): readonly string[] {
  const word = shellWord(name, shell);
  return name.startsWith("-") ? [endOfOptions[shell], word] : [word];
}

const endOfOptions: Readonly<Record<Shell, string>> = { posix: "--", powershell: "'--'" };

/**
 * The program's call with words as the shell reads them, for the same server, tenant and profile as this one, in any shell
 * but one that asks for a tenant where this one asks for none, and is then refused its token. Every command that is shown to
 * be run, and asks a server, is made here. Variables are set for this call alone. A token, and what gives one, is never shown.
 */
export function commandText(place: CommandPlace, ...words: readonly string[]): string {
  const { authorityFile, program, shell } = place;
  const { profile, url, tenant, emptied = [] } = saidSettings(place);
  const variables = [
    ["INSTALL_SUMMARY_URL", url],
    ["INSTALL_SUMMARY_TOKEN_TENANT", tenant],
    ["NODE_EXTRA_CA_CERTS", authorityFile],
    ...emptied.map((name) => [name, ""]),
  ].flatMap(([name = "", value]) => (value === undefined ? [] : [[name, value] as const]));
  const end = words.includes(endOfOptions[shell]) ? words.indexOf(endOfOptions[shell]) : words.length;
  const options = profile === undefined ? [] : profileWords(profile, shell);
  const call = [program, ...words.slice(0, end), ...options, ...words.slice(end)].join(" ");
  if (variables.length === 0) return call;
  if (shell === "powershell") return withVariables(variables, call);
  return [...variables.map(([name, value]) => `${name}=${quoted(value, shell)}`), call].join(" ");
}

interface SaidSettings extends Pick<CallSettings, "profile" | "tenant"> {
  readonly url: string;
  /** The variables that are set to nothing: what the shell has there is for its own server, and would be sent to this one. */
  readonly emptied: readonly string[];
}

/** What is said of the settings: all of them, since a shell's own would take the place of any that is left out. */
function saidSettings({ baseUrl, settings }: CommandPlace): Partial<SaidSettings> {
  const { profile, tenant, hidingUrl, hasOwnToken, isBare } = settings;
  if (isBare && baseUrl === defaultBaseUrl) return {};
  // With this profile another server would be sent its token, once the variable that hides it is gone.
  const isForAnother = hidingUrl !== undefined && !isSameServer(hidingUrl, baseUrl);
  if (isForAnother) return { profile: noProfile, url: baseUrl, tenant };
  return { profile, url: baseUrl, tenant, emptied: hasOwnToken ? tokenVariables : [] };
}

/** A name that begins with a dash would be read as an option. */
function profileWords(name: string, shell: Shell): readonly string[] {
  return name.startsWith("-") ? [quoted(`--profile=${name}`, shell)] : ["--profile", shellWord(name, shell)];
}

/**
 * A call in PowerShell, where a variable of the environment outlives the block that sets it: it gets back the value that it
 * had, or none.
 */
function withVariables(variables: readonly (readonly [string, string])[], call: string): string {
  const names = variables.map(([name]) => `$env:${name}`).join(", ");
  const set = variables.map(([name, value]) => `$env:${name} = ${quoted(value, "powershell")};`).join(" ");
  return `& { $before = ${names}; try { ${set} ${call} } finally { ${names} = $before } }`;
}

/**
 * An ETag as an argument. Windows PowerShell drops the quotes inside one and newer ones keep them: of an ETag of a facade
 * the version alone is enough, and the quotes of others are escaped, which `--if-match` understands either way.
 */
export function etagWord(etag: string, shell: Shell): string {
  if (shell === "posix") return quoted(etag, shell);
  const version = parseETagVersion(etag);
  if (version !== undefined && formatETag(version) === etag) return String(version);
  return quoted(etag.replaceAll('"', String.raw`\"`), shell);
}
