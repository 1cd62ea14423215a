import { formatETag } from "@install-summary/core";
import {
  appProperties,
  counterProperties,
  type EdmProperty,
  type AppJson,
} from "@install-summary/core/service";
import type { Dialect } from "./dialect.ts";
import { textOf, versionOf, type SqlRow } from "./row-values.ts";

const summaryId: EdmProperty = { name: "id", type: "Edm.String", nullable: false, column: "app_id" };

/** Selects the apps of a page from a table `m` of apps and a table `s` of summaries. */
export function selectAppJson(dialect: Dialect): string {
  return [
    "m.id",
    "m.odata_type",
    "s.version",
    `${jsonObjectSql(dialect, "m", appProperties)} AS properties`,
    `${jsonObjectSql(dialect, "s", [summaryId, ...counterProperties])} AS summary`,
  ].join(", ");
}

/** Reads a row of `selectAppJson`. */
export function appJsonOfRow(row: SqlRow): AppJson {
  return {
    id: textOf(row, "id"),
    type: textOf(row, "odata_type"),
    etag: formatETag(versionOf(row, "version")),
    properties: textOf(row, "properties"),
    summary: textOf(row, "summary"),
  };
}

/** Reads a row of `selectAppJson` that comes as an array of values. */
export function appJsonOfValues(values: SqlRow): AppJson {
  return {
    id: textOf(values, 0),
    type: textOf(values, 1),
    etag: formatETag(versionOf(values, 2)),
    properties: textOf(values, 3),
    summary: textOf(values, 4),
  };
}

/** A JSON object of columns. SQLite's `json_object` takes half as long again. */
function jsonObjectSql(dialect: Dialect, table: string, properties: readonly EdmProperty[]): string {
  const members = properties.map(
    (property, at) =>
      `'${at === 0 ? "{" : ","}"${property.name}":', ${jsonValueSql(dialect, table, property)}`,
  );
  return `concat(${members.join(", ")}, '}')`;
}

function jsonValueSql(dialect: Dialect, table: string, { type, nullable, column }: EdmProperty): string {
  const value = `${table}.${column}`;
  if (type === "Edm.Int32") return value;
  if (type === "Edm.Boolean") return `CASE ${value} WHEN 1 THEN 'true' ELSE 'false' END`;
  // A text that is never null is an id, a time or one of a few words: there is nothing in it to escape.
  return nullable ? dialect.jsonText(value) : `'"', ${value}, '"'`;
}
