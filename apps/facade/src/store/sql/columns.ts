import {
  changeOrigins,
  type ChangeOrigin,
  createSummary,
  safeParsePatchText,
  type CounterName,
  type InstallSummary,
  type InstallSummaryPatch,
  type MobileApp,
  type VersionedSummary,
} from "@install-summary/core";
import {
  appProperties,
  type AppPropertyName,
  counterProperties,
  type EdmProperty,
  type LoggedChange,
  type RecordedChange,
  textKey,
} from "@install-summary/core/service";
import { DamagedFile } from "../../files/sqlite-codes.ts";

/** A value of a column, in every SQL engine. */
export type SqlValue = string | number | null;

/** A row of a result: values by the names of `selectApp` and `selectSummary`. */
export type SqlRow = Readonly<Record<string, unknown>>;

/** The latest change of an app: where its history begins when it is followed back. */
export interface LatestChange {
  readonly version: number;
  /** Its sequence in the tenant's change log; null where none is known. */
  readonly changeSequence: number | null;
}

/** A summary as it is stored. */
export interface SummaryRecord extends VersionedSummary, LatestChange {}

/** The columns of the ten counters, in the specification's order. */
export const counterColumns: readonly string[] = counterProperties.map(({ column }) => column);

const counterIndex: Readonly<Record<CounterName, number>> = createSummary("", (name) =>
  counterProperties.findIndex((property) => property.name === name),
);

/** The ten counters as the values of `counterColumns`. */
export function counterValues(summary: InstallSummary): readonly number[] {
  return counterProperties.map(({ name }) => summary[name]);
}

const keyed = appProperties.filter(({ keyColumn }) => keyColumn !== undefined);

/** The columns of a mobile app, without its tenant; the id is the first. */
export const appColumns: readonly string[] = [
  ...appProperties.map(({ column }) => column),
  "odata_type",
  ...keyed.flatMap(({ keyColumn }) => keyColumn ?? []),
];

/** A mobile app as the values of `appColumns`. */
export function appValues(app: MobileApp): readonly SqlValue[] {
  return [
    ...appProperties.map(({ name }) => toSqlValue(app[name])),
    app["@odata.type"],
    ...keyed.map(({ name }) => textKey(String(app[name] ?? ""))),
  ];
}

/** Selects a summary under its property names, its version and its latest change from a table called `s`. */
export const selectSummary: string = [
  ...counterProperties.map(selectAs("s")),
  "s.version",
  "s.change_sequence",
].join(", ");

/** Selects a mobile app under its property names from a table called `m`. */
export const selectApp: string = [...appProperties.map(selectAs("m")), `m.odata_type AS "@odata.type"`].join(
  ", ",
);

function selectAs(table: string): (property: EdmProperty) => string {
  return ({ name, column }) => `${table}.${column} AS "${name}"`;
}

/** Reads a row of `selectSummary`. */
export function summaryOfRow(row: SqlRow, appId: string): SummaryRecord {
  return {
    summary: createSummary(appId, (name) => wholeOf(row, name)),
    version: wholeOf(row, "version"),
    changeSequence: wholeOrNull(row, "change_sequence"),
  };
}

/** Reads a row of `selectSummary` that comes as an array of values, which takes half the time. */
export function summaryOfValues(values: SqlRow, appId: string): SummaryRecord {
  return {
    summary: createSummary(appId, (name) => wholeOf(values, counterIndex[name])),
    version: wholeOf(values, counterProperties.length),
    changeSequence: wholeOrNull(values, counterProperties.length + 1),
  };
}

/** Reads a row of `selectApp`. */
export function appOfRow(row: SqlRow): MobileApp {
  const text = (name: AppPropertyName): string => textOf(row, name);
  const textOrNull = (name: AppPropertyName): string | null => (row[name] === null ? null : text(name));
  const flag = (name: AppPropertyName): boolean => wholeOf(row, name) === 1;
  return {
    "@odata.type": textOf(row, "@odata.type"),
    id: text("id"),
    displayName: textOrNull("displayName"),
    description: textOrNull("description"),
    publisher: textOrNull("publisher"),
    createdDateTime: text("createdDateTime"),
    lastModifiedDateTime: text("lastModifiedDateTime"),
    isFeatured: flag("isFeatured"),
    privacyInformationUrl: textOrNull("privacyInformationUrl"),
    informationUrl: textOrNull("informationUrl"),
    owner: textOrNull("owner"),
    developer: textOrNull("developer"),
    notes: textOrNull("notes"),
    publishingState: text("publishingState"),
    isAssigned: flag("isAssigned"),
  };
}

/** Reads a row of the change log as a record of whose request made what of which counters. */
export function recordedChangeOfRow(row: SqlRow): RecordedChange {
  return {
    actor: textOf(row, "actor"),
    clientRequestId: row["client_request_id"] === null ? undefined : textOf(row, "client_request_id"),
    before: countersOf(row, "before"),
    after: countersOf(row, "after"),
  };
}

/** Reads a row of the change log with the name of its app. */
export function loggedChangeOfRow(row: SqlRow): LoggedChange {
  const { actor, clientRequestId, before, after } = recordedChangeOfRow(row);
  return {
    sequence: wholeOf(row, "sequence"),
    appId: textOf(row, "app_id"),
    displayName: row["display_name"] === null ? null : textOf(row, "display_name"),
    version: wholeOf(row, "version"),
    changedAt: textOf(row, "changed_at"),
    actor,
    origin: originOf(row),
    requestId: textOf(row, "request_id"),
    ...(clientRequestId !== undefined && { clientRequestId }),
    before,
    after,
  };
}

/** The text of a column, by its name or position. Throws for a value of another type. */
export function textOf(row: SqlRow, name: string | number): string {
  const value = row[name];
  if (typeof value !== "string") throw wrongType(name, value);
  return value;
}

/** The whole number of a column, by its name or position. Throws for a value of another type. */
export function wholeOf(row: SqlRow, name: string | number): number {
  const value = row[name];
  if (typeof value !== "number") throw wrongType(name, value);
  return value;
}

/** The whole number of a column that may be null. Throws for a value of another type. */
export function wholeOrNull(row: SqlRow, name: string | number): number | null {
  return row[name] === null ? null : wholeOf(row, name);
}

function toSqlValue(value: string | boolean | null): SqlValue {
  return typeof value === "boolean" ? Number(value) : value;
}

function originOf(row: SqlRow): ChangeOrigin {
  const text = textOf(row, "origin");
  const origin = changeOrigins.find((known) => known === text);
  if (origin === undefined) throw new DamagedFile("the column origin holds no origin");
  return origin;
}

/** Some counters that a column holds as JSON. Throws for anything else. */
function countersOf(row: SqlRow, name: string): InstallSummaryPatch {
  const counters = safeParsePatchText(textOf(row, name));
  if (counters.success) return counters.data;
  throw new DamagedFile(`the column ${name} holds no counters`);
}

/** The tables are strict, so a value of another type than its column's was not written by a database. */
function wrongType(name: string | number, value: unknown): Error {
  return value === undefined
    ? new TypeError(`The statement has no column ${name}.`)
    : new DamagedFile(`the column ${name} has a value of another type`);
}
