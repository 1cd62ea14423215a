import {
  createSummary,
  type CounterName,
  type InstallSummary,
  type MobileApp,
  type VersionedSummary,
} from "@install-summary/core";
import {
  appProperties,
  type AppPropertyName,
  counterProperties,
  type EdmProperty,
  textKey,
} from "@install-summary/core/service";
import {
  counterOf,
  textOf,
  versionOf,
  wholeOf,
  wholeOrNull,
  type SqlRow,
  type SqlValue,
} from "./row-values.ts";

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
    summary: createSummary(appId, (name) => counterOf(row, name)),
    version: versionOf(row, "version"),
    changeSequence: wholeOrNull(row, "change_sequence"),
  };
}

/** Reads a row of `selectSummary` that comes as an array of values, which takes half the time. */
export function summaryOfValues(values: SqlRow, appId: string): SummaryRecord {
  return {
    summary: createSummary(appId, (name) => counterOf(values, counterIndex[name])),
    version: versionOf(values, counterProperties.length),
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

function toSqlValue(value: string | boolean | null): SqlValue {
  return typeof value === "boolean" ? Number(value) : value;
}
