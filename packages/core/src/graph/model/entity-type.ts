import { counterNames } from "../../resource/counters.ts";
import { isSameName } from "../../text/ascii-case.ts";
import { appProperties } from "./edm-properties.ts";
import { unservedAppProperties } from "./unserved-properties.ts";

/** A type with the names that `$select` and `$expand` may use. */
export interface EntityType {
  readonly name: string;
  /** In the order of a representation. */
  readonly properties: readonly string[];
  readonly navigation: readonly string[];
  /** The names that Graph's type has and this service does not serve. */
  readonly unserved: readonly string[];
}

/** Graph's type of an app. */
export const mobileAppType: EntityType = {
  name: "microsoft.graph.mobileApp",
  properties: appProperties.map(({ name }) => name),
  navigation: ["installSummary"],
  unserved: unservedAppProperties,
};

/** Graph's type of an install summary. */
export const installSummaryEntityType: EntityType = {
  name: "microsoft.graph.mobileAppInstallSummary",
  properties: ["id", ...counterNames],
  navigation: [],
  unserved: [],
};

/** The one of the names that a text means, without case. */
export function findName(names: readonly string[], text: string): string | undefined {
  return names.find((name) => isSameName(text, name));
}
