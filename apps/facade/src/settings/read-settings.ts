import { UserError } from "@install-summary/command-line/errors";
import { glyphsFault, unknownVariables } from "@install-summary/command-line/variables";
import { nearestName } from "@install-summary/core/text";
import { join } from "node:path";
import type { SqliteLocation, StoreLocation } from "../store/location.ts";
import { httpsFaults, httpsKeys } from "./https-faults.ts";
import { encryptionFaults, identityFaults, identityKeys } from "./identity-faults.ts";
import {
  generalSettings,
  limitSettings,
  policySettings,
  settingTable,
  type Setting,
} from "./setting-table.ts";
import {
  findValue,
  openSources,
  shownValue,
  type FoundValue,
  type OpenedSources,
  type SettingSources,
} from "./setting-sources.ts";
import { valuesOf, type GeneralSettings, type Settings } from "./settings.ts";

/**
 * Makes the settings of options, then environment (`INSTALL_SUMMARY_PORT`; an empty variable is absent), then config
 * file, then defaults. Throws `UserError` with a sentence for each fault, which names the setting and its source.
 */
export function readSettings(from: SettingSources): Settings {
  return settingsOf(openSources(from));
}

/** As `readSettings`, of sources that were opened. */
export function settingsOf(sources: OpenedSources): Settings {
  const { env, folder } = sources;
  const broken = new Map<string, string>();
  const reader =
    (prefix: string) =>
    <Value>(name: string, setting: Setting<Value>): Value =>
      parseValue(setting, findValue(prefix + name, sources), folder, broken);

  const { store: named, storePasswordFile, ...general } = valuesOf(generalSettings, reader(""));
  const policy = valuesOf(policySettings, reader(""));
  const limits = valuesOf(limitSettings, reader("limits."));
  const glyphs = glyphsFault(env);
  const faults = [
    ...broken.values(),
    ...judgeIdentity(general, sources, broken),
    ...judgeHttps(general, sources, broken),
    ...(broken.has("store") ? [] : judgePasswordFile(named, storePasswordFile)),
    ...unknownKeys(sources),
    ...unknownVariables(env),
    ...(glyphs === undefined ? [] : [glyphs]),
  ];
  if (faults.length > 0) throw new UserError(faults.join("\n"), { code: "InvalidSettings" });
  return { ...general, store: storeOf(named, storePasswordFile, general.data), policy, limits };
}

function storeOf(
  named: StoreLocation | undefined,
  passwordFile: string | undefined,
  data: string,
): StoreLocation {
  if (named === undefined) return defaultStore(data);
  return named.kind === "postgres" ? { ...named, passwordFile } : named;
}

/** Whether the file of a password has a user whose password it is, and is the only source of it. */
function judgePasswordFile(
  store: StoreLocation | undefined,
  passwordFile: string | undefined,
): readonly string[] {
  if (passwordFile === undefined) return [];
  if (store?.kind !== "postgres") {
    return ["storePasswordFile is for a store in PostgreSQL. Set store to postgres://USER@HOST/DATABASE."];
  }
  return store.password === undefined
    ? []
    : ["store has a password, and storePasswordFile names another. Leave one of them out."];
}

/** The store of a data folder, where no other is named. */
export function defaultStore(data: string): SqliteLocation {
  return { kind: "sqlite", file: join(data, "install-summary.db") };
}

type JudgedSettings = Omit<GeneralSettings, "store" | "storePasswordFile">;

/** Whether the settings of identity fit together, where each of them is right. */
function judgeIdentity(
  general: JudgedSettings,
  sources: OpenedSources,
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
  general: JudgedSettings,
  sources: OpenedSources,
  broken: ReadonlyMap<string, string>,
): readonly string[] {
  if (httpsKeys.some((key) => broken.has(key))) return [];
  return httpsFaults(general, (key) => findValue(key, sources)?.source);
}

function parseValue<Value>(
  { type, default: usual }: Setting<Value>,
  found: FoundValue | undefined,
  folder: string,
  broken: Map<string, string>,
): Value {
  const value = type.parse(found === undefined ? usual : found.value, folder);
  if (found === undefined) return value ?? usual;
  const { key, value: given, source } = found;
  const fault =
    passwordFault(found) ??
    (value === undefined
      ? `${key} must be ${type.rule}; got ${shownValue(given, type.hide)} (from ${source}).`
      : undefined);
  if (fault !== undefined) broken.set(key, fault);
  return value ?? usual;
}

/** Other users can read the arguments of a program. */
function passwordFault({ key, value, source }: FoundValue): string | undefined {
  const isTyped = source.startsWith("--") && typeof value === "string";
  if (!isTyped || !/\/\/[^/?#]*:.*@|[?&]password=/i.test(value)) return undefined;
  const variable = settingTable.find((row) => row.key === key)?.variable ?? "";
  return (
    `${key} must not hold a password where other users can read it (from ${source}). ` +
    `Put it into ${variable} or a config file.`
  );
}

function unknownKeys({ file, values }: OpenedSources): readonly string[] {
  const keys = settingTable.map(({ key }) => key);
  return [...values.keys()]
    .filter((key) => !keys.includes(key))
    .map((key) => {
      const meant = nearestName(key, keys);
      const hint = meant === undefined ? "" : ` Did you mean ${meant}?`;
      return `${shownValue(key)} is not a setting (from ${file}).${hint}`;
    });
}
