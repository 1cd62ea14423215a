import { visibleText } from "../../text/visible-text.ts";
import { isSameName } from "../../text/ascii-case.ts";
import { installSummaryEntityType, mobileAppType } from "../model/entity-type.ts";
import type { SearchTerm } from "../../store/store.ts";
import { parseExpand, type Expansion } from "./expand.ts";
import {
  invalidQueryOption,
  pickSystemOptions,
  pickWriteOptions,
  type QueryOption,
} from "./query-options.ts";
import { parseSearch } from "./search.ts";
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

/** The options of `GET …/mobileApps`. */
export interface ListOptions extends AppOptions {
  readonly top: number | undefined;
  readonly skipToken: string | undefined;
  readonly count: boolean;
  readonly search: readonly SearchTerm[] | undefined;
}

const summaryNames = ["$select", "$format"];
const appNames = [...summaryNames, "$expand"];
const listNames = [...appNames, "$top", "$skiptoken", "$count", "$search"];

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

/** Picks the options of the number of apps. */
export function parseCountOptions(options: readonly QueryOption[]): Pick<ListOptions, "search"> {
  const values = pickSystemOptions(options, ["$search"]);
  return { search: parsed(values.get("$search"), parseSearch) };
}

/** The same for one app. */
export function parseAppOptions(options: readonly QueryOption[]): AppOptions {
  return parseApp(pickSystemOptions(options, appNames));
}

/** The same for a list of apps. */
export function parseListOptions(options: readonly QueryOption[]): ListOptions {
  const values = pickSystemOptions(options, listNames);
  return {
    ...parseApp(values),
    top: parsed(values.get("$top"), parseTop),
    skipToken: values.get("$skiptoken"),
    count: parsed(values.get("$count"), (text) => parseFlag("$count", text)) ?? false,
    search: parsed(values.get("$search"), parseSearch),
  };
}

function parseApp(values: ReadonlyMap<string, string>): AppOptions {
  return {
    select: parsed(values.get("$select"), (text) => parseSelect(text, mobileAppType)),
    expand: parsed(values.get("$expand"), parseExpand),
    format: values.get("$format"),
  };
}

function parsed<Value>(text: string | undefined, parse: (text: string) => Value): Value | undefined {
  return text === undefined ? undefined : parse(text);
}

function parseTop(text: string): number {
  if (/^[0-9]{1,9}$/.test(text)) return Number(text);
  throw invalidValue("$top", text, "requires a non-negative integer value");
}

function parseFlag(name: string, text: string): boolean {
  if (isSameName(text, "true")) return true;
  if (isSameName(text, "false")) return false;
  throw invalidValue(name, text, "requires true or false");
}

function invalidValue(name: string, text: string, rule: string): Error {
  return invalidQueryOption(
    `Invalid value '${visibleText(text, 64)}' for ${name} query option found. The ${name} query option ${rule}.`,
  );
}
