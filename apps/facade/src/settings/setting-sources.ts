import { withoutPassword } from "@install-summary/command-line/passwords";
import { readVariable } from "@install-summary/command-line/variables";
import { isRoundedNumber, visibleText } from "@install-summary/core/text";
import { resolvePath } from "../files/resolve-path.ts";
import { readConfigFile, type ConfigValues } from "./config-file.ts";
import { settingTable } from "./setting-table.ts";
import type { GeneralSettings, Policy } from "./settings.ts";

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

/** The sources with the config file read. */
export interface OpenedSources {
  readonly options: ReadonlyMap<string, string | boolean | undefined>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The path of the config file; empty where none is named. */
  readonly file: string;
  readonly values: ConfigValues;
  readonly folder: string;
}

/** A setting that a source has. */
export interface FoundValue {
  readonly key: string;
  readonly value: unknown;
  /** The option, the variable or the file. */
  readonly source: string;
}

/** Reads the config file that the options name. Throws `UserError` where it cannot be used. */
export function openSources({ options = {}, env = {}, folder }: SettingSources): OpenedSources {
  const { config, ...typed } = options;
  const file = config === undefined ? undefined : resolvePath(folder, String(config));
  const values: ConfigValues = file === undefined ? new Map() : readConfigFile(file);
  return { options: new Map(Object.entries(typed)), env, file: file ?? "", values, folder };
}

/** What the first of the sources that has a setting says; undefined where the default is used. */
export function findValue(
  key: string,
  { options, env, file, values }: OpenedSources,
): FoundValue | undefined {
  const { option, variable } = settingTable.find((row) => row.key === key) ?? {};
  const typed = options.get(key);
  if (option !== undefined && typed !== undefined) return { key, value: typed, source: option };
  const set = variable === undefined ? undefined : readVariable(env, variable);
  if (variable !== undefined && set !== undefined) return { key, value: set, source: variable };
  return values.has(key) ? { key, value: values.get(key), source: file } : undefined;
}

/** A value as the source has it, and as `hide` leaves it: without what may be a password in it. */
export function shownValue(value: unknown, hide = withoutPassword): string {
  const text = numberText(value) ?? JSON.stringify(value, (_name, member) => numberText(member) ?? member);
  return visibleText(hide(text), 64);
}

/** A number that a double cannot hold, as it was written. */
function numberText(value: unknown): string | undefined {
  return isRoundedNumber(value) ? value.text : undefined;
}
