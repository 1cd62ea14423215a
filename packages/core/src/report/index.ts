export type { ByteSource } from "./input/byte-chunks.ts";
export { readReport, type ReadReportOptions } from "./read-report.ts";
export { missingColumns } from "./rows/missing-columns.ts";
export type { ReadRow, RejectedRow, ReportApp, ReportRow } from "./rows/report-row.ts";
export { writeReport, type ReportEntry, type WriteReportOptions } from "./write-report.ts";
