import type { InstallSummaryPatch } from "../../resource/install-summary.ts";

/** How long a row may be as text, in UTF-16 units: so much of it is held, and what has no end is found out. */
export const longestRow: number = 64 * 1024;

/** What a report says of an app beside its counters; what it leaves out or empty is absent. */
export interface ReportApp {
  /** In lower case. */
  readonly id: string;
  readonly displayName?: string;
  readonly publisher?: string;
  /** From the column ODataType, which `writeReport` writes; else guessed from the platform. */
  readonly "@odata.type"?: string;
}

/** A row of a report: an app with the counters of the report's columns, or why it cannot be read. */
export type ReportRow = ReadRow | RefusedRow;

/** A row that was read. */
export interface ReadRow {
  /** The line of the file on which the row begins; in JSON the number of the value. From 1. */
  readonly line: number;
  readonly app: ReportApp;
  readonly patch: InstallSummaryPatch;
}

/** A row that cannot be read, and why. */
export interface RefusedRow {
  readonly line: number;
  /** The app that the row is about, in lower case, where that much could be read. */
  readonly id?: string;
  /** The column at fault, as the file spells it. */
  readonly column?: string;
  /** A sentence that holds the value. */
  readonly problem: string;
}
