import { installSummaryEntityType, mobileAppType } from "../model/entity-type.ts";
import { parseExpand, type Expansion } from "./expand.ts";
import { parsed, parseFlag } from "./option-values.ts";
import { pickSystemOptions, pickWriteOptions, type QueryOption } from "./query-options.ts";
import { parseSelect, type Selection } from "./select.ts";

/** The options of `GET …/installSummary`. */
export interface SummaryOptions {
  readonly select: Selection;
  readonly format: string | undefined;
}

/** The options of `PATCH …/installSummary`. */
export interface PatchOptions {
  readonly select: Selection;
  /** Whether to respond with what would be, and commit nothing. */
  readonly dryRun: boolean;
}

/** The options of `GET …/mobileApps/{id}`. */
export interface AppOptions extends SummaryOptions {
  readonly expand: Expansion | undefined;
}

const summaryNames = ["$select", "$format"];
/** The names of an app's options. */
export const appNames: readonly string[] = [...summaryNames, "$expand"];

/** Picks the option of the service document and of the model. Throws `GraphError` 400 for any other system option. */
export function parsePageOptions(options: readonly QueryOption[]): Pick<SummaryOptions, "format"> {
  return { format: pickSystemOptions(options, ["$format"]).get("$format") };
}

/** Picks the options of a summary from a query. Throws `GraphError` 400 for any other system option. */
export function parseSummaryOptions(options: readonly QueryOption[]): SummaryOptions {
  const values = pickSystemOptions(options, summaryNames);
  return {
    select: parsed(values.get("$select"), (text) => parseSelect(text, installSummaryEntityType)),
    format: values.get("$format"),
  };
}

const noPatchOptions: PatchOptions = { select: undefined, dryRun: false };

/** Picks the options of a change. Throws `GraphError` 400 for any other name: a misspelt `dryRun` must not commit. */
export function parsePatchOptions(options: readonly QueryOption[]): PatchOptions {
  if (options.length === 0) return noPatchOptions;
  const values = pickWriteOptions(options, ["$select", "dryRun"]);
  return {
    select: parsed(values.get("$select"), (text) => parseSelect(text, installSummaryEntityType)),
    dryRun: parsed(values.get("dryRun"), (text) => parseFlag("dryRun", text)) ?? false,
  };
}

/** Picks the options of one app. Throws `GraphError` 400 for any other system option. */
export function parseAppOptions(options: readonly QueryOption[]): AppOptions {
  return parseAppValues(pickSystemOptions(options, appNames));
}

/** Parses the options that a list and an app have in common. */
export function parseAppValues(values: ReadonlyMap<string, string>): AppOptions {
  return {
    select: parsed(values.get("$select"), (text) => parseSelect(text, mobileAppType)),
    expand: parsed(values.get("$expand"), parseExpand),
    format: values.get("$format"),
  };
}
