import type { CommandFailure } from "@install-summary/command-line/errors";
import { readVariable } from "@install-summary/command-line/variables";
import { configPath, readConfig } from "../config/config-file.ts";
import { profileName, withProfile, type ProfiledEnvironment } from "../config/profile.ts";
import type { GlobalOptions } from "./global-options.ts";

/** The environment of a command, and where its settings come from. */
export interface CommandEnvironment extends ProfiledEnvironment {
  readonly file: string;
}

/** The environment with the profile and the options that hold for every command. Rejects with `UserError`. */
export async function commandEnvironment(
  env: NodeJS.ProcessEnv,
  { profile, readOnly }: GlobalOptions,
): Promise<CommandEnvironment> {
  const file = await configPath();
  const profiled = withProfile(env, profileName(env, profile), readConfig(file));
  const locked = readOnly ? { INSTALL_SUMMARY_READ_ONLY: "true" } : {};
  return { ...profiled, env: { ...profiled.env, ...locked }, file };
}

/** Where the settings at fault, or those that the help names, were made, if that was in a profile. */
export function originLines(
  { target, help = [] }: CommandFailure,
  { name, fromProfile, file }: CommandEnvironment,
): readonly string[] {
  if (name === undefined) return [];
  const isNamed = (variable: string): boolean =>
    help.some((line) => new RegExp(`\\b${variable}\\b`).test(line));
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
  { name, fromProfile }: CommandEnvironment,
): readonly string[] {
  if (profile === undefined || name === undefined) return [];
  const isHidden =
    readVariable(given, "INSTALL_SUMMARY_URL") !== undefined && !fromProfile.has("INSTALL_SUMMARY_URL");
  return isHidden ? [`INSTALL_SUMMARY_URL of the environment comes before the profile ${name}.`] : [];
}
