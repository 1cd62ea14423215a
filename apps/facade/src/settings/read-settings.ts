import { UserError } from "@install-summary/command-line/errors";
import { readVariable, unknownVariables } from "@install-summary/command-line/variables";
import { nearestName, visibleText } from "@install-summary/core/text";
import { join, resolve } from "node:path";
import type { StoreLocation } from "../store/location.ts";
import { readConfigFile, type ConfigValues } from "./config-file.ts";
import { httpsFaults, httpsKeys } from "./https-faults.ts";
import { encryptionFaults, identityFaults, identityKeys } from "./identity-faults.ts";
import {
  generalSettings,
  limitSettings,
  policySettings,
  settingTable,
  type Setting,
} from "./setting-table.ts";
import { valuesOf, type GeneralSettings, type Policy, type Settings } from "./settings.ts";

/** What a person says on the command line, as it was typed: the config file, and settings by their keys. */
export type SettingOptions = {
  readonly [Key in "config" | keyof GeneralSettings | keyof Policy]?: string | boolean | undefined;
};

/** Where settings come from: options, the environment, and the config file that they name. */
export interface SettingSources {
  readonly options?: SettingOptions;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The folder in which relative paths begin. */
  readonly folder: string;
}

/**
 * Makes the settings of options, then environment (`INSTALL_SUMMARY_PORT`; an empty variable is absent), then config
 * file, then defaults. Throws `UserError` with a sentence for each fault, which names the setting and its source.
 */
export function readSettings({ options = {}, env = {}, folder }: SettingSources): Settings {
  const { config, ...typed } = options;
  const file = config === undefined ? undefined : resolve(folder, String(config));
  const values: ConfigValues = file === undefined ? new Map() : readConfigFile(file);
  const sources: Sources = { options: new Map(Object.entries(typed)), env, file: file ?? "", values };
  const broken = new Map<string, string>();
  const reader =
    (prefix: string) =>
    <Value>(name: string, setting: Setting<Value>): Value =>
      parseValue(setting, findValue(prefix + name, sources), folder, broken);

  const { store, ...general } = valuesOf(generalSettings, reader(""));
  const policy = valuesOf(policySettings, reader(""));
  const limits = valuesOf(limitSettings, reader("limits."));
  const faults = [
    ...broken.values(),
    ...judgeIdentity(general, sources, broken),
    ...judgeHttps(general, sources, broken),
    ...unknownKeys(sources),
    ...unknownVariables(env),
  ];
  if (faults.length > 0) throw new UserError(faults.join("\n"), { code: "InvalidSettings" });
  return { ...general, store: store ?? defaultStore(general.data), policy, limits };
}

/** The store of a data folder, where no other is named. */
export function defaultStore(data: string): StoreLocation {
  return { kind: "sqlite", file: join(data, "install-summary.db") };
}

interface Sources {
  readonly options: ReadonlyMap<string, string | boolean | undefined>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly file: string;
  readonly values: ConfigValues;
}

interface FoundValue {
  readonly key: string;
  readonly value: unknown;
  /** The option, the variable or the file. */
  readonly source: string;
}

/** Whether the settings of identity fit together, where each of them is right. */
function judgeIdentity(
  general: Omit<GeneralSettings, "store">,
  sources: Sources,
  broken: ReadonlyMap<string, string>,
): readonly string[] {
  if (identityKeys.some((key) => broken.has(key))) return [];
  return [
    ...identityFaults(general, (key) => findValue(key, sources)?.source),
    ...encryptionFaults(general, sources.env),
  ];
}

/** Whether the settings of HTTPS fit together, where each of them is right. */
function judgeHttps(
  general: Omit<GeneralSettings, "store">,
  sources: Sources,
  broken: ReadonlyMap<string, string>,
): readonly string[] {
  if (httpsKeys.some((key) => broken.has(key))) return [];
  return httpsFaults(general, (key) => findValue(key, sources)?.source);
}

function findValue(key: string, { options, env, file, values }: Sources): FoundValue | undefined {
  const { option, variable } = settingTable.find((row) => row.key === key) ?? {};
  const typed = options.get(key);
  if (option !== undefined && typed !== undefined) return { key, value: typed, source: option };
  const set = variable === undefined ? undefined : readVariable(env, variable);
  if (variable !== undefined && set !== undefined) return { key, value: set, source: variable };
  return values.has(key) ? { key, value: values.get(key), source: file } : undefined;
}

function parseValue<Value>(
  { type, default: usual }: Setting<Value>,
  found: FoundValue | undefined,
  folder: string,
  broken: Map<string, string>,
): Value {
  const value = type.parse(found === undefined ? usual : found.value, folder);
  if (found === undefined || value !== undefined) return value ?? usual;
  const { key, value: given, source } = found;
  broken.set(
    key,
    passwordFault(found) ?? `${key} must be ${type.rule}; got ${shown(given)} (from ${source}).`,
  );
  return usual;
}

/** Other users can read the arguments of a program. */
function passwordFault({ key, value, source }: FoundValue): string | undefined {
  const isTyped = source.startsWith("--") && typeof value === "string";
  if (!isTyped || !/^[^/]*\/\/[^/]*:[^/]*@/.test(value)) return undefined;
  const variable = settingTable.find((row) => row.key === key)?.variable ?? "";
  return (
    `${key} must not hold a password where other users can read it (from ${source}). ` +
    `Put it into ${variable} or a config file.`
  );
}

function unknownKeys({ file, values }: Sources): readonly string[] {
  const keys = settingTable.map(({ key }) => key);
  return [...values.keys()]
    .filter((key) => !keys.includes(key))
    .map((key) => {
      const meant = nearestName(key, keys);
      const hint = meant === undefined ? "" : ` Did you mean ${meant}?`;
      return `${shown(key)} is not a setting (from ${file}).${hint}`;
    });
}

/** A value as the source has it, without what may be a password in it. */
function shown(value: unknown): string {
  return visibleText(JSON.stringify(value).replaceAll(/\/\/[^/]*@/g, "//…@"), 64);
}
