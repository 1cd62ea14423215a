import type { AppFilter, AppOrder } from "../../store/app-filter.ts";
import type { SearchTerm } from "../../store/store.ts";
import { parseFilter } from "../filter/parse-filter.ts";
import { parseOrderBy } from "../filter/parse-order-by.ts";
import { parsed, parseFlag, parseSize } from "./option-values.ts";
import { pickSystemOptions, type QueryOption } from "./query-options.ts";
import { appNames, parseAppValues, type AppOptions } from "./resource-options.ts";
import { parseSearch } from "./search.ts";

/** Which apps a list holds. */
export interface MatchOptions {
  readonly search: readonly SearchTerm[] | undefined;
  readonly filter: AppFilter | undefined;
}

/** The options of `GET …/mobileApps`. */
export interface AppListOptions extends AppOptions, MatchOptions {
  readonly orderBy: readonly AppOrder[] | undefined;
  readonly top: number | undefined;
  readonly skip: number | undefined;
  readonly skipToken: string | undefined;
  readonly count: boolean;
}

const matchNames = ["$search", "$filter"];
const listNames = [...appNames, ...matchNames, "$orderby", "$top", "$skip", "$skiptoken", "$count"];

/** Picks the options of a list of apps from a query. Throws `GraphError` 400 for any other system option. */
export function parseListOptions(options: readonly QueryOption[]): AppListOptions {
  const values = pickSystemOptions(options, listNames);
  return {
    ...parseAppValues(values),
    ...parseMatch(values),
    orderBy: parsed(values.get("$orderby"), parseOrderBy),
    top: parsed(values.get("$top"), (text) => parseSize("$top", text)),
    skip: parsed(values.get("$skip"), (text) => parseSize("$skip", text)),
    skipToken: values.get("$skiptoken"),
    count: parsed(values.get("$count"), (text) => parseFlag("$count", text)) ?? false,
  };
}

/** The same for the number of apps. */
export function parseCountOptions(options: readonly QueryOption[]): MatchOptions {
  return parseMatch(pickSystemOptions(options, matchNames));
}

function parseMatch(values: ReadonlyMap<string, string>): MatchOptions {
  return {
    search: parsed(values.get("$search"), parseSearch),
    filter: parsed(values.get("$filter"), parseFilter),
  };
}
