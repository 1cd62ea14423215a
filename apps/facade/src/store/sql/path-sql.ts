import {
  appProperties,
  counterProperties,
  type AppPath,
  type AppPropertyName,
  type EdmProperty,
} from "@install-summary/core/service";
import type { Dialect } from "./dialect.ts";

/** The value at a path as it compares. */
export function pathSql(dialect: Dialect, path: AppPath): string {
  if (path.kind === "counter") return `s.${counterColumn.get(path.name) ?? ""}`;
  const { type, column, keyColumn, name } = propertyOf(path.name);
  const stored = `m.${column}`;
  if (keyColumn !== undefined) return `CASE WHEN ${stored} IS NOT NULL THEN m.${keyColumn} END`;
  switch (type) {
    case "Edm.Boolean":
    case "Edm.Int32":
      return stored;
    case "Edm.DateTimeOffset":
      return timeKeySql(stored);
    case "microsoft.graph.mobileAppPublishingState":
      return `lower(${stored})`;
    case "Edm.String":
      return name === "id" ? stored : dialect.textKey(column);
  }
}

/** Times are stored in UTC. Zeros at the end of a fraction count for nothing. */
function timeKeySql(stored: string): string {
  const time = `rtrim(${stored}, 'Z')`;
  return `CASE WHEN ${stored} LIKE '%.%' THEN rtrim(rtrim(${time}, '0'), '.') ELSE ${time} END`;
}

/** The value of an order's key, where a text that is null counts as an empty one. */
export function orderKeySql(dialect: Dialect, path: AppPath): string {
  if (path.kind === "property") {
    const property = propertyOf(path.name);
    if (property.keyColumn !== undefined) return `m.${property.keyColumn}`;
    if (property.nullable) return `coalesce(${pathSql(dialect, path)}, '')`;
  }
  return pathSql(dialect, path);
}

const counterColumn = new Map(counterProperties.map(({ name, column }) => [name, column]));
const properties = new Map(appProperties.map((property) => [property.name, property]));

function propertyOf(name: AppPropertyName): EdmProperty<AppPropertyName> {
  const property = properties.get(name);
  if (property === undefined) throw new TypeError(`The property ${name} does not exist.`);
  return property;
}
