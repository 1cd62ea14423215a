import type { SqlValue } from "./row-values.ts";
import type { SqlText } from "./sql-text.ts";

/** What each SQL engine says in its own way. All else of a query is the same text in every engine. */
export interface Dialect {
  /** A value that a caller sent. */
  readonly value: (value: SqlValue) => SqlText;
  /** The number of rows of a limit, or of those before it. */
  readonly rowCount: (count: number) => SqlText;
  /** Where a text begins in another one, from 1 on; 0 where it is not in it. */
  readonly positionOf: (part: SqlText, whole: SqlText) => SqlText;
  /** Whether a text is the end of another one. */
  readonly endsWith: (whole: SqlText, end: SqlText) => SqlText;
  /** The text key of a column of the table `m` that has no key column in every engine. */
  readonly textKey: (column: string) => string;
  /** The JSON of a column of text; `null` for null. */
  readonly jsonText: (column: string) => string;
  /** A key of an order by which no index is to be read. */
  readonly unindexed: (key: string) => string;
  /** Joins a table that is read after those in front of it. */
  readonly join: string;
  /** The table of apps as `m`, to be read by its index of names. */
  readonly appsByName: string;
  /** Whether that index gives all apps of a tenant in the order of their names. */
  readonly readsInOrder: boolean;
  /** A condition on `m.name_key`, in the form that the index serves. */
  readonly nameBound: (condition: SqlText) => SqlText;
  /** A condition that ends a scan once its result is not waited for; empty where the engine is told in another way. */
  readonly wanted: string;
}
