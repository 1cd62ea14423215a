import type { SentRequest } from "../src/contract/check/check-pair.ts";
import { graphError, type GraphError } from "../src/http/graph-error.ts";
import type { Resource } from "./contract-path.ts";

/** What a query asks for, by names in lower case and without `$`. */
export type Options = ReadonlyMap<string, string>;

const system = "select expand top skip skiptoken count format orderby search filter".split(" ");
const ofList = ["select", "expand", "top", "skiptoken", "count", "filter", "search"];
const supported: Readonly<Record<Resource["kind"], readonly string[]>> = {
  batch: [],
  apps: ofList,
  count: ["filter"],
  app: ["select", "expand"],
  summary: ["select"],
  fault: [],
};

/** Reads a query: a GET ignores names that are no options, a PATCH refuses them, so that none is misspelt. */
export function readOptions(query: string, { method }: SentRequest, { kind }: Resource): Options {
  const isWrite = method === "PATCH";
  const options = new Map<string, string>();
  for (const [written, value] of new URLSearchParams(query)) {
    const name = written.trim().toLowerCase();
    const bare = name.replace(/^\$/, "");
    const isOption = isWrite || name.startsWith("$") || system.includes(bare);
    if (!isOption) continue;
    const known = isWrite ? ["select", "dryrun"] : supported[kind];
    if (!known.includes(bare)) throw invalidOption(`The query parameter '${written}' is not supported.`);
    if (options.has(bare)) throw invalidOption(`Query option '${written}' was specified more than once.`);
    options.set(bare, value.trim());
  }
  checkValues(options);
  return options;
}

/** The names that are selected, in lower case; undefined where all are. */
export function readSelect(options: Options, names: readonly string[]): readonly string[] | undefined {
  const select = options.get("select");
  if (select === undefined || select === "*") return undefined;
  return select.split(",").map((item) => {
    const found = names.find((name) => name.toLowerCase() === item.trim().toLowerCase());
    if (found === undefined) throw invalidOption(`Could not find a property named '${item}'.`);
    return found;
  });
}

export function invalidOption(message: string): GraphError {
  return graphError("BadRequest", message, { innerCode: "invalidQueryOption" });
}

function checkValues(options: Options): void {
  for (const name of ["dryrun", "count"]) {
    const value = options.get(name) ?? "true";
    if (value !== "true" && value !== "false") throw invalidOption(`'${value}' is neither true nor false.`);
  }
  const top = options.get("top") ?? "1";
  if (!/^\d{1,9}$/.test(top)) throw invalidOption(`Invalid value '${top}' for $top query option found.`);
  const expand = options.get("expand") ?? "installSummary";
  if (expand.toLowerCase() !== "installsummary") {
    throw invalidOption(`Could not find a property named '${expand}' on type 'microsoft.graph.mobileApp'.`);
  }
}
