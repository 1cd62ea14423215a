import { appProperties, counterProperties } from "@install-summary/core/service";
import { appColumns, appValues } from "../sql/columns.ts";
import type { AppRow, ChangeRow, SummaryRow } from "../sql/group.ts";
import type { SqlValue } from "../sql/row-values.ts";
import { textKeyColumns, textKeysOf } from "./text-keys.ts";

/** A column of rows that are sent as arrays, one array for each column, however many rows there are. */
export interface ArrayColumn<Row> {
  readonly name: string;
  readonly type: "text" | "bigint" | "integer";
  readonly valueOf: (row: Row) => SqlValue;
}

/** The columns of a change, without its tenant. */
export const changeColumns: readonly ArrayColumn<ChangeRow>[] = [
  { name: "sequence", type: "bigint", valueOf: ({ sequence }) => sequence },
  { name: "previous_sequence", type: "bigint", valueOf: ({ previousSequence }) => previousSequence },
  { name: "app_id", type: "text", valueOf: ({ appId }) => appId },
  { name: "version", type: "bigint", valueOf: ({ version }) => version },
  { name: "changed_at", type: "text", valueOf: ({ changedAt }) => changedAt },
  { name: "actor", type: "text", valueOf: ({ actor }) => actor },
  { name: "origin", type: "text", valueOf: ({ origin }) => origin },
  { name: "request_id", type: "text", valueOf: ({ requestId }) => requestId },
  { name: "client_request_id", type: "text", valueOf: ({ clientRequestId }) => clientRequestId ?? null },
  { name: "before", type: "text", valueOf: ({ before }) => before },
  { name: "after", type: "text", valueOf: ({ after }) => after },
];

/** The columns of a summary, without its tenant. */
export const summaryColumns: readonly ArrayColumn<SummaryRow>[] = [
  { name: "app_id", type: "text", valueOf: ({ summary }) => summary.id },
  ...counterProperties.map(({ name, column }): ArrayColumn<SummaryRow> => ({
    name: column,
    type: "integer",
    valueOf: ({ summary }) => summary[name],
  })),
  { name: "version", type: "bigint", valueOf: ({ version }) => version },
  { name: "change_sequence", type: "bigint", valueOf: ({ changeSequence }) => changeSequence },
  { name: "modified_at", type: "text", valueOf: ({ modifiedAt }) => modifiedAt },
  { name: "modified_by", type: "text", valueOf: ({ modifiedBy }) => modifiedBy },
];

const flags = appProperties.filter(({ type }) => type === "Edm.Boolean").map(({ column }) => column);

/** The columns of an app, without its tenant, as `valuesOfApp` gives them. */
export const appArrayColumns: readonly ArrayColumn<readonly SqlValue[]>[] = [
  ...appColumns,
  ...textKeyColumns,
].map((name, at) => ({
  name,
  type: flags.includes(name) ? "integer" : "text",
  valueOf: (values) => values[at] ?? null,
}));

/** The values of an app's columns. */
export function valuesOfApp({ app }: AppRow): readonly SqlValue[] {
  return [...appValues(app), ...textKeysOf(app)];
}

/** The table of rows that are sent as arrays; `first` is the number of the first of their parameters. */
export function unnestSql(columns: readonly ArrayColumn<never>[], table: string, first: number): string {
  const arrays = columns.map(({ type }, at) => `$${first + at}::${type}[]`);
  return `unnest(${arrays.join(", ")}) AS ${table}(${namesOf(columns)})`;
}

/** The names of columns as a list. */
export function namesOf(columns: readonly ArrayColumn<never>[]): string {
  return columns.map(({ name }) => name).join(", ");
}

/** The arrays of some rows. */
export function arraysOf<Row>(
  columns: readonly ArrayColumn<Row>[],
  rows: readonly Row[],
): readonly (readonly SqlValue[])[] {
  return columns.map(({ valueOf }) => rows.map((row) => storable(valueOf(row))));
}

/** PostgreSQL takes no NUL in a text. What comes over HTTP or in a report has none. */
export function storable(value: SqlValue): SqlValue {
  return typeof value === "string" && value.includes("\0") ? value.replaceAll("\0", "\uFFFD") : value;
}
