import { graphError, type GraphError } from "../../http/graph-error.ts";
import { visibleText } from "../../text/visible-text.ts";
import type { Resource } from "./parse-path.ts";

/** The query options of a request, by names in lower case and without `$`. */
export type Options = ReadonlyMap<string, string>;

/** Names that OData reserves, with and without `$`. */
const reserved = "select expand top skip skiptoken count format orderby search filter".split(" ");
const served: Readonly<Record<Resource["kind"], readonly string[]>> = {
  apps: ["select", "expand", "top", "skip", "skiptoken", "count", "search"],
  count: ["search"],
  app: ["select", "expand"],
  summary: ["select"],
  unknown: [],
};

/**
 * Parses a query. On GET, names that are not options are ignored; on PATCH they are refused, so that a misspelt
 * `dryRun` changes nothing. Throws `GraphError` 400.
 */
export function parseOptions(query: string, method: string, { kind }: Resource): Options {
  const isWrite = method === "PATCH";
  const options = new Map<string, string>();
  for (const [written, value] of new URLSearchParams(query)) {
    const name = written.trim().toLowerCase();
    const bare = name.replace(/^\$/, "");
    if (!isWrite && !name.includes("$") && !reserved.includes(bare)) continue;
    const known = isWrite ? ["select", "dryrun"] : served[kind];
    if (!known.includes(bare)) throw notServed(written, bare);
    if (options.has(bare)) throw invalidOption(`Query option '${written}' was specified more than once.`);
    options.set(bare, value.trim());
  }
  checkFlag(options, "dryrun");
  checkFlag(options, "count");
  return options;
}

/** A whole number that is not negative; undefined where the option is absent. Throws `GraphError` 400. */
export function parseSize(options: Options, name: "top" | "skip"): number | undefined {
  const text = options.get(name);
  if (text === undefined) return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw invalidOption(
    `Invalid value '${visibleText(text, 64)}' for $${name} query option found. The $${name} query option requires a non-negative integer value.`,
  );
}

/** The properties of an entity type. */
export interface Properties {
  readonly type: string;
  readonly names: readonly string[];
}

/**
 * The selected names as the properties are written; undefined where all are. Control information changes nothing.
 * Throws `GraphError` 400.
 */
export function parseSelect(options: Options, { type, names }: Properties): readonly string[] | undefined {
  const select = options.get("select");
  if (select === undefined || select === "*") return undefined;
  const items = select.split(",").map((item) => item.trim());
  const properties = items.filter((item) => !/^\w*@odata\.(?:type|id|etag|context)$/i.test(item));
  if (properties.length === 0) return undefined;
  return properties.map((item) => {
    const found = names.find((name) => name.toLowerCase() === item.toLowerCase());
    if (found === undefined) throw unknownProperty(item, type);
    return found;
  });
}

/** Whether the summary is expanded. Throws `GraphError` 400 for every other expansion. */
export function parseExpand(options: Options): boolean {
  const expand = options.get("expand");
  if (expand === undefined) return false;
  if (expand.toLowerCase() !== "installsummary") throw unknownProperty(expand, "mobileApp");
  return true;
}

/** The 400 for a query option. */
export function invalidOption(message: string): GraphError {
  return graphError("BadRequest", message, { innerCode: "invalidQueryOption" });
}

function checkFlag(options: Options, name: string): void {
  const value = options.get(name) ?? "true";
  if (value === "true" || value === "false") return;
  throw invalidOption(`'${visibleText(value, 64)}' is neither true nor false.`);
}

function notServed(written: string, bare: string): GraphError {
  const help = reserved.includes(bare) ? " The memory service does not serve it here." : "";
  return invalidOption(`The query parameter '${visibleText(written, 64)}' is not supported.${help}`);
}

function unknownProperty(name: string, type: string): GraphError {
  return invalidOption(
    `Parsing OData Select and Expand failed: Could not find a property named '${visibleText(name, 64)}' on type 'microsoft.graph.${type}'.`,
  );
}
