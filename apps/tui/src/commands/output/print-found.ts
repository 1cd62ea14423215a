import { clearText } from "../../text/clear-text.ts";
import type { Column } from "../../text/table.ts";
import { cellText } from "./delimited.ts";
import { printLines, printTable, type PrintTarget } from "./print.ts";
import { recordsOf, type Records } from "./records.ts";

/** Prints what a query found for a person: a table of objects, a line for each other value, an object by its members. */
export async function printFound(output: PrintTarget, found: unknown): Promise<void> {
  const records = recordsOf(found);
  const { header, rows } = records;
  if (header === undefined) {
    printLines(
      output,
      rows.map((row) => row.map((cell) => clearText(cellText(cell))).join("  ")),
    );
    return;
  }
  if (Array.isArray(found)) return printTable(output, columnsOf(records, header), rows.map(texts));
  const members = header.map((name, index) => [name, cellText(rows[0]?.[index] ?? null)]);
  const columns: readonly Column[] = [
    { header: "Name", align: "left" },
    { header: "Value", align: "left" },
  ];
  return printTable(output, columns, members);
}

function columnsOf({ rows }: Records, header: readonly string[]): readonly Column[] {
  return header.map((name, index) => {
    const isNumber = rows.every((row) => typeof row[index] === "number");
    return { header: name, align: isNumber ? "right" : "left", minWidth: 4 };
  });
}

function texts(row: Records["rows"][number]): readonly string[] {
  return row.map(cellText);
}
