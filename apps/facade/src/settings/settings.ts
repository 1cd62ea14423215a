import type { StoreLocation } from "../store/location.ts";
import { generalSettings, limitSettings, policySettings, type Setting } from "./setting-table.ts";

type ValuesOf<Rows> = {
  readonly [Name in keyof Rows]: Rows[Name] extends Setting<infer Value> ? Value : never;
};

/** Where the facade keeps its data, where it is reached and whose tokens it accepts, as the sources have it. */
export type GeneralSettings = ValuesOf<typeof generalSettings>;

/** How this facade responds where the contract leaves a choice. */
export type Policy = ValuesOf<typeof policySettings>;

/** What bounds one request, and all of them together. Sizes are in bytes, times in seconds. */
export type Limits = ValuesOf<typeof limitSettings>;

/** Everything that a facade is started with; paths are absolute. */
export interface Settings extends Omit<GeneralSettings, "store" | "storePasswordFile"> {
  readonly store: StoreLocation;
  readonly policy: Policy;
  readonly limits: Limits;
}

/** The rows of a group of settings. */
export type RowsOf<Values> = { readonly [Name in keyof Values]: Setting<Values[Name]> };

/** Where the facade is reached and whose tokens it accepts where nothing is set. */
export const defaultGeneral: GeneralSettings = valuesOf(generalSettings, (_, { default: usual }) => usual);

/** The policy where nothing is set. */
export const defaultPolicy: Policy = valuesOf(policySettings, (_, { default: usual }) => usual);

/** The limits where nothing is set. */
export const defaultLimits: Limits = valuesOf(limitSettings, (_, { default: usual }) => usual);

/** One value for each row. */
export function valuesOf<Values extends object>(
  rows: RowsOf<Values>,
  valueOf: <Value>(name: string, row: Setting<Value>) => Value,
): Values {
  const values: Partial<Values> = {};
  for (const name in rows) values[name] = valueOf(name, rows[name]);
  if (!isWhole(values, rows)) throw new Error("a setting has no value");
  return values;
}

function isWhole<Values extends object>(values: Partial<Values>, rows: RowsOf<Values>): values is Values {
  return Object.keys(rows).every((name) => name in values);
}
