import type { InstallSummaryPatch } from "../../resource/install-summary.ts";

/** The maximum length of a row as text, in UTF-16 units: it bounds what a reader holds of a row without an end. */
export const maxRowLength: number = 64 * 1024;

/** The properties of an app in a report, beside its counters. A value that is missing or empty is absent. */
export interface ReportApp {
  /** In lower case. */
  readonly id: string;
  readonly displayName?: string;
  readonly publisher?: string;
  /** From the column ODataType, which `writeReport` writes; otherwise guessed from the platform. */
  readonly "@odata.type"?: string;
}

/** A row of a report: an app with the counters of the report's columns, or why it cannot be read. */
export type ReportRow = ReadRow | RejectedRow;

/** A row that was read. */
export interface ReadRow {
  /** The line of the file on which the row begins; in JSON the number of the row. From 1. */
  readonly line: number;
  /** The number of the file, from 1, where several are read together. */
  readonly file?: number;
  readonly app: ReportApp;
  /** The version that the counters were read at, where the row names one: an ETag. */
  readonly etag?: string;
  readonly patch: InstallSummaryPatch;
}

/** A row that cannot be read, and why. */
export interface RejectedRow {
  readonly line: number;
  readonly file?: number;
  /** The id of the row's app, in lower case: that of its id column, or its only GUID where nobody can tell which column that is. */
  readonly id?: string;
  /** The column at fault, as the file spells it. */
  readonly column?: string;
  /** A sentence with the value. */
  readonly problem: string;
}
