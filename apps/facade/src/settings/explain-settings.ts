import { withoutPassword } from "@install-summary/command-line/passwords";
import { visibleText } from "@install-summary/core/text";
import { formatStoreLocation, type StoreLocation } from "../store/location.ts";
import { settingsOf } from "./read-settings.ts";
import { findValue, openSources, type SettingSources } from "./setting-sources.ts";
import { settingTable, type NamedSetting } from "./setting-table.ts";

/** What a setting is, and why. */
export interface ExplainedSetting {
  readonly key: string;
  /** As a person would write it, without passwords; in words where nothing is set. */
  readonly value: string;
  /** The option, the variable, the config file or `default`. */
  readonly source: string;
}

/** Says of every setting what it is and where it comes from. Throws `UserError` as `readSettings` does. */
export function explainSettings(from: SettingSources): readonly ExplainedSetting[] {
  const sources = openSources(from);
  const { policy, limits, store, ...general } = settingsOf(sources);
  const values = new Map<string, unknown>(Object.entries({ ...general, ...storeSettings(store), ...policy }));
  for (const [name, value] of Object.entries(limits)) values.set(`limits.${name}`, value);
  return settingTable.map((row) => ({
    key: row.key,
    value: formatValue(values.get(row.key), row),
    source: findValue(row.key, sources)?.source ?? "default",
  }));
}

function storeSettings(store: StoreLocation): Readonly<Record<string, unknown>> {
  const storePasswordFile = store.kind === "postgres" ? store.passwordFile : undefined;
  return { store: formatStoreLocation(store), storePasswordFile };
}

function formatValue(value: unknown, { setting }: NamedSetting): string {
  const isUnset = value === undefined || (Array.isArray(value) && value.length === 0);
  if (isUnset) return setting.defaultText ?? "none";
  const text =
    typeof value === "string" ? value : Array.isArray(value) ? value.join(",") : JSON.stringify(value);
  return visibleText(withoutPassword(text), maxCharacters);
}

const maxCharacters = 4096;
