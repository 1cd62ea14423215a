import type { AppPropertyName, EdmProperty } from "../graph/model/edm-properties.ts";
import { appProperties } from "../graph/model/edm-properties.ts";
import type { InstallSummary } from "../resource/install-summary.ts";
import type { MobileApp } from "../resource/mobile-app.ts";
import type { AppPath, ComparableValue } from "./app-filter.ts";
import { textKey } from "./text-key.ts";
import { timeKey } from "./time-key.ts";

/** An app with its summary, as far as values are read from them. */
export interface ComparableApp {
  readonly app: MobileApp;
  readonly summary: InstallSummary;
}

const types = new Map(appProperties.map(({ name, type }: EdmProperty<AppPropertyName>) => [name, type]));

/** Whether the values at a path are numbers; those of all others are texts. */
export function isNumeric(path: AppPath): boolean {
  return path.kind === "counter" || types.get(path.name) === "Edm.Boolean";
}

/** The value at a path of an app, as it compares. */
export function comparableValue({ app, summary }: ComparableApp, path: AppPath): ComparableValue {
  if (path.kind === "counter") return summary[path.name];
  const value = app[path.name];
  if (value === null) return null;
  if (typeof value === "boolean") return Number(value);
  return types.get(path.name) === "Edm.DateTimeOffset" ? (timeKey(value) ?? null) : textKey(value);
}
