import { defaultStore } from "./read-settings.ts";
import {
  defaultGeneral,
  defaultLimits,
  defaultPolicy,
  type Limits,
  type Policy,
  type Settings,
} from "./settings.ts";

/** The settings that a program gives a facade of its own; each may be left out. */
export interface FacadeSettings extends Partial<Omit<Settings, "policy" | "limits">> {
  readonly policy?: Partial<Policy>;
  readonly limits?: Partial<Limits>;
}

/** Adds what was left out: the defaults of the command line, but any free port, and a log in JSON. */
export function completeSettings(given: FacadeSettings, data: string): Settings {
  const { storePasswordFile: _file, ...general } = defaultGeneral;
  return {
    ...general,
    store: defaultStore(data),
    port: 0,
    log: "json",
    ...given,
    data,
    policy: { ...defaultPolicy, ...given.policy },
    limits: { ...defaultLimits, ...given.limits },
  };
}
