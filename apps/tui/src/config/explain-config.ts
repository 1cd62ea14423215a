import { dirname } from "node:path";
import { readVariable } from "@install-summary/command-line/variables";
import type { Config } from "./config-file.ts";
import { configKeys, defaultBaseUrl, type ConfigKey } from "./config-keys.ts";
import { configFault } from "./config-value.ts";
import { hasToken, noProfile, tokenKeys } from "./profile.ts";
import { mayBeToken, wholePath } from "./token-file.ts";
import { parseTrueOrFalse } from "./true-or-false.ts";

/** A setting with its value and where that comes from. */
export interface Explained {
  readonly key: string;
  /** Null where it is not set, and where it may be a secret, which is never shown. */
  readonly value: string | boolean | readonly string[] | null;
  readonly from: string;
}

interface Given {
  readonly env: NodeJS.ProcessEnv;
  readonly options: { readonly profile?: string; readonly readOnly?: boolean };
  /** The name of the profile in use. */
  readonly name: string;
  readonly config: Config;
}

/** Every setting, its value, and whether an option, the environment, the profile or the default gives it. */
export function explainConfig(given: Given): readonly Explained[] {
  const { env, options, name, config } = given;
  const isNamed = options.profile !== undefined;
  const from = isNamed
    ? "--profile"
    : readVariable(env, "INSTALL_SUMMARY_PROFILE") === undefined
      ? "default"
      : "INSTALL_SUMMARY_PROFILE";
  return [
    { key: "profile", value: name === noProfile || !config.profiles.has(name) ? null : name, from },
    { key: "profiles", value: [...config.profiles.keys()], from: config.file },
    ...configKeys.map((key) => explainKey(key, given)),
  ];
}

function explainKey(configKey: ConfigKey, { env, options, name, config }: Given): Explained {
  const { name: key, variable, isSwitch, isPath } = configKey;
  const ofProfile = config.profiles.get(name)?.get(key);
  const profile = `profile ${name}`;
  if (isSwitch === true) {
    if (options.readOnly === true) return { key, value: true, from: "--read-only" };
    const given = readVariable(env, variable);
    const isForbidden = ofProfile === "true";
    // A text that is neither true nor false is shown as it is: every other command refuses it.
    const value = given === undefined ? undefined : (parseTrueOrFalse(given) ?? given);
    if (value !== undefined && (value === true || !isForbidden)) return { key, value, from: variable };
    return { key, value: isForbidden, from: ofProfile === undefined ? "default" : profile };
  }
  const given = readVariable(env, variable);
  // The variable holds the token itself, which is never shown.
  if (given !== undefined && key === "tokenVariable") return { key, value: variable, from: variable };
  if (given !== undefined)
    return hideSecret(configKey, given, variable) ?? { key, value: given, from: variable };
  if (ofProfile !== undefined) {
    const isHidden = tokenKeys.includes(key) && hasToken(env);
    if (isHidden) return { key, value: null, from: "the environment gives the token" };
    const value = isPath === true ? wholePath(ofProfile, dirname(config.file)) : ofProfile;
    return hideSecret(configKey, ofProfile, profile) ?? { key, value, from: profile };
  }
  return { key, value: defaults[key] ?? null, from: "default" };
}

/** The setting without its value, where that may be a secret; undefined where it may be shown. */
function hideSecret(key: ConfigKey, value: string, from: string): Explained | undefined {
  const fault = key.form === undefined ? undefined : configFault(key, value.trim());
  if (fault !== undefined)
    return { key: key.name, value: null, from: `${from}, but ${fault.replace(/\.$/, "")}` };
  if (key.isPath !== true || !mayBeToken(value)) return undefined;
  return { key: key.name, value: null, from: `${from}, which may be the token itself` };
}

const defaults: Readonly<Record<string, string>> = { url: defaultBaseUrl };
