export { readReport } from "./read-report.ts";
export type { ReadRow, RefusedRow, ReportApp, ReportRow } from "./rows/report-row.ts";
export { writeReport, type ReportEntry, type WriteReportOptions } from "./write-report.ts";
