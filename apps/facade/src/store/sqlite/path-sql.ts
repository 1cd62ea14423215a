import {
  appProperties,
  counterProperties,
  type AppPath,
  type AppPropertyName,
  type EdmProperty,
} from "@install-summary/core/service";

/** The value at a path as it compares. */
export function pathSql(path: AppPath): string {
  if (path.kind === "counter") return `s.${counterColumn.get(path.name) ?? ""}`;
  const { type, column, keyColumn, name } = propertyOf(path.name);
  const stored = `m.${column}`;
  if (keyColumn !== undefined) return `iif(${stored} IS NULL, NULL, m.${keyColumn})`;
  switch (type) {
    case "Edm.Boolean":
    case "Edm.Int32":
      return stored;
    case "Edm.DateTimeOffset":
      // Times are stored in UTC, in whole seconds.
      return `rtrim(${stored}, 'Z')`;
    case "microsoft.graph.mobileAppPublishingState":
      return `lower(${stored})`;
    case "Edm.String":
      return name === "id" ? stored : `text_key(${stored})`;
  }
}

/** The value of an order's key, where a text that is null counts as an empty one. */
export function orderKeySql(path: AppPath): string {
  if (path.kind === "property") {
    const property = propertyOf(path.name);
    if (property.keyColumn !== undefined) return `m.${property.keyColumn}`;
    if (property.nullable) return `coalesce(${pathSql(path)}, '')`;
  }
  return pathSql(path);
}

const counterColumn = new Map(counterProperties.map(({ name, column }) => [name, column]));
const properties = new Map(appProperties.map((property) => [property.name, property]));

function propertyOf(name: AppPropertyName): EdmProperty<AppPropertyName> {
  const property = properties.get(name);
  if (property === undefined) throw new TypeError(`The property ${name} does not exist.`);
  return property;
}
