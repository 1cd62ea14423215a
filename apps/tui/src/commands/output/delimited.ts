import { guardFormula } from "@install-summary/core/service";
import { clearText } from "../../text/clear-text.ts";
import type { Cell, Records, Row } from "./records.ts";

/**
 * Rows as CSV for spreadsheets, as reports are: UTF-8 with a byte-order mark, CRLF, and `'` before a text that would be
 * calculated. On a terminal control characters become symbols. Source: RFC 4180.
 */
export function* formatCsv(records: Records, isTerminal: boolean): Generator<string> {
  if (!isTerminal) yield "\uFEFF";
  for (const row of linesOf(records)) yield `${row.map((cell) => csvCell(cell, isTerminal)).join(",")}\r\n`;
}

/** Rows as lines for `cut` and `read`, with tabs between the cells. Control characters in cells become symbols. */
export function* formatTsv(records: Records): Generator<string> {
  for (const row of linesOf(records)) yield `${row.map((cell) => clearText(cellText(cell))).join("\t")}\n`;
}

/** A cell as text; a missing value is empty. */
export function cellText(cell: Cell): string {
  return cell === null ? "" : String(cell);
}

function linesOf({ header, rows }: Records): readonly Row[] {
  return header === undefined ? rows : [header, ...rows];
}

function csvCell(cell: Cell, isTerminal: boolean): string {
  if (typeof cell !== "string") return cellText(cell);
  const guarded = guardFormula(isTerminal ? clearText(cell) : cell);
  return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
