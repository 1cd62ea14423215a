import type { MobileApp } from "@install-summary/core";
import { appProperties, textKey } from "@install-summary/core/service";
import type { SqlValue } from "../sql/row-values.ts";

/**
 * The texts whose keys a SQLite store makes when they are compared. A server of PostgreSQL cannot: what it makes of a text in
 * lower case depends on its libraries. So they are stored as well.
 */
const keyed = appProperties.filter(
  ({ type, nullable, keyColumn }) => type === "Edm.String" && nullable && keyColumn === undefined,
);

/** The column with the text key of such a text; null where the text is null. */
export function textKeyColumn(column: string): string {
  return `${column}_key`;
}

/** These columns of the table of apps. */
export const textKeyColumns: readonly string[] = keyed.map(({ column }) => textKeyColumn(column));

/** An app's values of them. */
export function textKeysOf(app: MobileApp): readonly SqlValue[] {
  return keyed.map(({ name }) => {
    const text = app[name];
    return typeof text === "string" ? textKey(text) : null;
  });
}
