import { resolve } from "node:path";
import type { StoreLocation } from "../store/location.ts";
import { defaultStore } from "./read-settings.ts";
import { generalSettings, type Setting } from "./setting-table.ts";
import {
  defaultLimits,
  defaultPolicy,
  valuesOf,
  type Limits,
  type Policy,
  type Settings,
} from "./settings.ts";

/** The settings that a program gives a facade of its own; each may be left out. */
export interface FacadeSettings extends Partial<Omit<Settings, "policy" | "limits">> {
  readonly policy?: Partial<Policy>;
  readonly limits?: Partial<Limits>;
}

const { data: _data, store: _store, storePasswordFile: _file, ...plainSettings } = generalSettings;

/**
 * Adds what was left out: the defaults of the command line, but any free port, and a log in JSON. What was given is written as
 * the command line would have it: ids and names in lower case, paths absolute.
 */
export function completeSettings(given: FacadeSettings, data: string): Settings {
  const named = { port: 0, log: "json", ...given };
  const valueOf = <Value>(name: string, { type, default: usual }: Setting<Value>): Value =>
    type.parse(Reflect.get(named, name), process.cwd()) ?? usual;
  const folder = resolve(data);
  return {
    ...valuesOf(plainSettings, valueOf),
    store: given.store === undefined ? defaultStore(folder) : absolute(given.store),
    data: folder,
    policy: { ...defaultPolicy, ...given.policy },
    limits: { ...defaultLimits, ...given.limits },
  };
}

function absolute(store: StoreLocation): StoreLocation {
  return store.kind === "sqlite" ? { ...store, file: resolve(store.file) } : store;
}
