import { visibleText } from "@install-summary/core/text";
import { isSameName } from "../../http/ascii-case.ts";
import { installSummaryEntityType, mobileAppType } from "../model/entity-type.ts";
import { parseExpand, type Expansion } from "./expand.ts";
import { invalidQueryOption } from "./invalid-query-option.ts";
import { readSystemOptions, type QueryOption } from "./query-options.ts";
import { parseSearch } from "./search.ts";
import { parseSelect, type Selection } from "./select.ts";

/** What the query of `GET …/installSummary` asks for. */
export interface SummaryOptions {
  readonly select: Selection;
  readonly format: string | undefined;
}

/** What the query of `GET …/mobileApps/{id}` asks for. */
export interface AppOptions extends SummaryOptions {
  readonly expand: Expansion | undefined;
}

/** What the query of `GET …/mobileApps` asks for. */
export interface ListOptions extends AppOptions {
  readonly top: number | undefined;
  readonly skipToken: string | undefined;
  readonly count: boolean;
  readonly search: readonly string[] | undefined;
}

const ofSummary = ["$select", "$format"];
const ofApp = [...ofSummary, "$expand"];
const ofList = [...ofApp, "$top", "$skiptoken", "$count", "$search"];

export function readSummaryOptions(options: readonly QueryOption[]): SummaryOptions {
  const values = readSystemOptions(options, ofSummary);
  return {
    select: parsed(values.get("$select"), (text) => parseSelect(text, installSummaryEntityType)),
    format: values.get("$format"),
  };
}

export function readAppOptions(options: readonly QueryOption[]): AppOptions {
  return readApp(readSystemOptions(options, ofApp));
}

export function readListOptions(options: readonly QueryOption[]): ListOptions {
  const values = readSystemOptions(options, ofList);
  return {
    ...readApp(values),
    top: parsed(values.get("$top"), parseTop),
    skipToken: values.get("$skiptoken"),
    count: parsed(values.get("$count"), parseCount) ?? false,
    search: parsed(values.get("$search"), parseSearch),
  };
}

function readApp(values: ReadonlyMap<string, string>): AppOptions {
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

function parseCount(text: string): boolean {
  if (isSameName(text, "true")) return true;
  if (isSameName(text, "false")) return false;
  throw invalidValue("$count", text, "requires true or false");
}

function invalidValue(name: string, text: string, rule: string): Error {
  return invalidQueryOption(
    `Invalid value '${visibleText(text, 64)}' for ${name} query option found. The ${name} query option ${rule}.`,
  );
}
