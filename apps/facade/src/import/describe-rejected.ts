import { visibleText } from "@install-summary/core/text";
import type { ImportReport } from "./import-report.ts";

/** A line for each row that an import rejected: where it is, and why. */
export function describeRejected({ rejected }: Pick<ImportReport, "rejected">): readonly string[] {
  return rejected.map(({ line, column, problem }) => {
    const place = column === undefined ? `line ${line}` : `line ${line}, ${visibleText(column, 64)}`;
    return `${place}: ${visibleText(problem, 1000)}`;
  });
}
