import { programCall } from "@install-summary/command-line";
import { shownWord, UserError, exitCodes } from "@install-summary/command-line/errors";
import { readVariable } from "@install-summary/command-line/variables";
import { nearestName } from "@install-summary/core/text";
import type { Config, Profile } from "./config-file.ts";
import { configKeys } from "./config-keys.ts";
import { isLoopback } from "./same-server.ts";
import { parseTrueOrFalse } from "./true-or-false.ts";
import { usableProfile } from "./usable-profile.ts";

/** The profile that is used where no other is chosen. */
export const defaultProfile = "default";

/** The name by which no profile is chosen, not even the default one. */
export const noProfile = "none";

/** The environment of a command with what its profile adds. */
export interface ProfiledEnvironment {
  readonly env: NodeJS.ProcessEnv;
  /** The profile in use; undefined where the environment is left as it is. */
  readonly name: string | undefined;
  /** The variables whose values are the profile's. */
  readonly fromProfile: ReadonlySet<string>;
}

/** The variables that give a token. */
export const tokenVariables: readonly string[] = [
  "INSTALL_SUMMARY_TOKEN",
  "INSTALL_SUMMARY_TOKEN_FILE",
  "INSTALL_SUMMARY_TOKEN_COMMAND",
];

/** The keys of a profile that give a token. */
export const tokenKeys: readonly string[] = ["tokenVariable", "tokenFile", "tokenCommand"];

/** Whether the environment gives a token: one source there hides all of a profile's. */
export function hasToken(env: NodeJS.ProcessEnv): boolean {
  return tokenVariables.some((variable) => readVariable(env, variable) !== undefined);
}

/** The name of the profile that the option, else the environment chooses, else the default one. */
export function profileName(env: NodeJS.ProcessEnv, option: string | undefined): string {
  return option ?? readVariable(env, "INSTALL_SUMMARY_PROFILE")?.trim() ?? defaultProfile;
}

/**
 * The environment with the values of a profile, so that everything else knows variables only. What the environment says
 * comes first, with two exceptions: a profile that is read-only stays so, and one source of tokens in the environment hides
 * all of the profile's. Throws `UserError` for a profile that does not exist, or cannot be used.
 */
export function withProfile(env: NodeJS.ProcessEnv, name: string, config: Config): ProfiledEnvironment {
  if (name === noProfile) return { env, name: undefined, fromProfile: new Set() };
  const written = config.profiles.get(name);
  if (written === undefined) {
    if (name === defaultProfile) return { env, name: undefined, fromProfile: new Set() };
    throw unknownProfile(name, config, programCall(env, "install-summary"));
  }
  const profile = usableProfile(written, name, config, env);
  const isTokenSet = hasToken(env);
  const added = configKeys.flatMap(({ name: key, variable, isSwitch }): (readonly [string, string])[] => {
    const value = profile.get(key);
    const isToken = tokenVariables.includes(variable);
    const isSet = isToken ? isTokenSet : readVariable(env, variable) !== undefined;
    // What forbids changes is not lifted by what allows them.
    if (value === undefined || (isSet && !(isSwitch === true && value === "true"))) return [];
    return [[variable, key === "tokenVariable" ? tokenOf(env, value, name) : value]];
  });
  return {
    env: { ...env, ...Object.fromEntries(added) },
    name,
    fromProfile: new Set(added.map(([variable]) => variable)),
  };
}

/** With the token command of a launcher where nothing else gives a token: only a server on this machine is sent its token. */
export function withLocalToken(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const command = readVariable(env, "INSTALL_SUMMARY_LOCAL_TOKEN_COMMAND");
  if (command === undefined || hasToken(env) || !isLocal(readVariable(env, "INSTALL_SUMMARY_URL")))
    return env;
  return { ...env, INSTALL_SUMMARY_TOKEN_COMMAND: command };
}

function isLocal(url: string | undefined): boolean {
  return url === undefined || isLoopback(URL.parse(url)?.hostname ?? "");
}

/**
 * Whether the environment, or a profile in it, forbids every change. Throws `UserError` for any other value than true and
 * false, since a word that is taken for false would allow them.
 */
export function isReadOnly(env: NodeJS.ProcessEnv): boolean {
  const name = "INSTALL_SUMMARY_READ_ONLY";
  const text = readVariable(env, name);
  const value = parseTrueOrFalse(text ?? "false");
  if (value !== undefined) return value;
  throw new UserError(`${name} must be true or false; got ${shownWord(text ?? "")}.`, { target: name });
}

/** The profile of a config that a command changes; an empty one where it does not exist yet. */
export function profileOf(config: Config, name: string): Profile {
  return config.profiles.get(name) ?? new Map<string, string>();
}

function tokenOf(env: NodeJS.ProcessEnv, variable: string, name: string): string {
  const token = readVariable(env, variable);
  if (token !== undefined) return token;
  throw new UserError(
    `The variable ${shownWord(variable)}, which the profile ${name} takes its token from, is not set.`,
    {
      exit: exitCodes.forbidden,
      code: "NoToken",
      target: variable,
    },
  );
}

function unknownProfile(name: string, { profiles, file }: Config, program: string): UserError {
  const names = [...profiles.keys()];
  const meant = nearestName(name, names);
  const hint =
    meant !== undefined
      ? `Did you mean ${shownWord(meant)}?`
      : names.length === 0
        ? `${file} has no profiles; ${program} config --profile NAME url URL makes one.`
        : `${file} has ${names.map((known) => shownWord(known)).join(", ")}.`;
  return new UserError(`Unknown profile: ${shownWord(name)}.`, {
    code: "UnknownProfile",
    target: "--profile",
    argument: name,
    help: [hint],
  });
}
