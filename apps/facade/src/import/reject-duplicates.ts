import type { RejectedRow, ReportRow } from "@install-summary/core/report";

const maxLines = 10;

/** Rejects all rows about one app, each with the lines of the others, since any of them may be the right one. */
export function rejectDuplicates(appId: string, rows: readonly ReportRow[]): readonly RejectedRow[] {
  const lines = rows.slice(0, maxLines + 1).map((row) => row.line);
  return rows.map((row) => {
    const others = lines.filter((line) => line !== row.line).slice(0, maxLines);
    const also = `The app is also in ${listLines(others, rows.length - 1)}; one row per app is read.`;
    return "problem" in row
      ? { ...row, problem: `${row.problem} ${also}` }
      : { line: row.line, id: appId, column: "ApplicationId", problem: also };
  });
}

function listLines(lines: readonly number[], count: number): string {
  const rest = count - lines.length;
  const parts = [...lines.map(String), ...(rest > 0 ? [`${rest} more`] : [])];
  const [last, ...before] = parts.toReversed();
  const list = before.length === 0 ? last : `${before.toReversed().join(", ")} and ${last}`;
  return `${count === 1 ? "line" : "lines"} ${list}`;
}
