import type { CommandFailure } from "@install-summary/command-line/errors";
import { readVariable } from "@install-summary/command-line/variables";
import { configPath, readConfig } from "../config/config-file.ts";
import { callSettings, type CallSettings } from "../config/call-settings.ts";
import { defaultBaseUrl } from "../config/config-keys.ts";
import { isSameServer } from "../config/same-server.ts";
import { profileName, profileOf, withProfile, type ProfiledEnvironment } from "../config/profile.ts";
import { commandPlace } from "../words/command-place.ts";
import type { CommandPlace } from "../words/command-text.ts";
import type { GlobalOptions } from "./global-options.ts";

/** The environment of a command, and where its settings come from. */
export interface CommandEnvironment extends ProfiledEnvironment {
  readonly file: string;
  readonly settings: CallSettings;
  /** The server that the profile, or the default, leads to. */
  readonly profileUrl: string;
  /** Where commands that are shown are to work: on the server of the environment. */
  readonly place: CommandPlace;
  /** The same on another server. */
  readonly placeAt: (baseUrl: string) => CommandPlace;
}

/** The environment with the profile and the options that hold for every command. Rejects with `UserError`. */
export async function commandEnvironment(
  given: NodeJS.ProcessEnv,
  { profile, readOnly }: GlobalOptions,
): Promise<CommandEnvironment> {
  const file = await configPath();
  const config = readConfig(file);
  const name = profileName(given, profile);
  const profiled = withProfile(given, name, config);
  const locked = readOnly ? { INSTALL_SUMMARY_READ_ONLY: "true" } : {};
  const env = { ...profiled.env, ...locked };
  const settings = callSettings(given, profile, config);
  return {
    ...profiled,
    env,
    file,
    settings,
    profileUrl: profileOf(config, name).get("url") ?? defaultBaseUrl,
    get place() {
      return commandPlace(env, settings);
    },
    placeAt: (baseUrl) => commandPlace(env, settings, baseUrl),
  };
}

/** Where the settings at fault, or those that the help names, were made, if that was in a profile. */
export function originLines(
  { target, help = [] }: CommandFailure,
  { name, fromProfile, file }: CommandEnvironment,
): readonly string[] {
  if (name === undefined) return [];
  // `NAME=value` in a command that is shown sets a variable, and does not say where its value came from.
  const isNamed = (variable: string): boolean =>
    help.some((line) => new RegExp(`\\b${variable}\\b(?! ?=)`).test(line));
  return [...fromProfile].flatMap((variable) =>
    variable === target || isNamed(variable)
      ? [`${variable} is what the profile ${name} in ${file} says.`]
      : [],
  );
}

/** What the environment hides of a profile that a person has named: the requests go elsewhere than it says. */
export function hiddenLines(
  given: NodeJS.ProcessEnv,
  { profile }: GlobalOptions,
  { name, profileUrl }: CommandEnvironment,
): readonly string[] {
  if (profile === undefined || name === undefined) return [];
  const url = readVariable(given, "INSTALL_SUMMARY_URL");
  return url === undefined || isSameServer(url.trim(), profileUrl)
    ? []
    : [`INSTALL_SUMMARY_URL of the environment comes before the profile ${name}.`];
}
