import type { StoreLocation } from "../store/location.ts";
import type { Given } from "./given.ts";
import { readStore } from "./given-store.ts";
import { defaultStore } from "./read-settings.ts";
import { generalSettings, limitSettings, policySettings, type Setting } from "./setting-table.ts";
import { valuesOf, type Limits, type Policy, type RowsOf, type Settings } from "./settings.ts";

/** Values that may be left out, also by undefined. */
type Optional<Values> = { readonly [Name in keyof Values]?: Values[Name] | undefined };

/** The settings of a program that starts a facade. */
export interface FacadeSettings extends Optional<Omit<Settings, "policy" | "limits">> {
  readonly policy?: Optional<Policy> | undefined;
  readonly limits?: Optional<Limits> | undefined;
}

/** Settings that a program gave, with defaults for all but the folder and the store. */
export interface GivenSettings extends Omit<Settings, "data" | "store"> {
  readonly data: string | undefined;
  readonly store: StoreLocation | undefined;
}

const { data, store: _store, storePasswordFile: _file, ...usual } = generalSettings;
const general: RowsOf<Omit<Settings, "data" | "store" | "policy" | "limits">> = {
  ...usual,
  port: { ...usual.port, default: 0 },
  log: { ...usual.log, default: "json" },
};

/**
 * Reads settings by the rules of their options and config file, so that each value means what it means there. What was left
 * out has the default of the command line, but any free port, and a log in JSON.
 */
export function readGivenSettings(given: Given): GivenSettings {
  return {
    data: given.read("data", data.type),
    store: readStore(given),
    ...valuesOf(general, readerOf(given)),
    policy: valuesOf(policySettings, readerOf(given.group("policy"))),
    limits: valuesOf(limitSettings, readerOf(given.group("limits"))),
  };
}

/** The settings with a folder by its absolute path, which has the store where no other was given. */
export function completeSettings(given: GivenSettings, folder: string): Settings {
  return { ...given, data: folder, store: given.store ?? defaultStore(folder) };
}

function readerOf(given: Given): <Value>(name: string, row: Setting<Value>) => Value {
  return (name, { type, default: other }) => given.read(name, type.inProgram ?? type) ?? other;
}
