import type { ListedApp } from "@install-summary/core/client";
import { appTitle } from "../words/app-identity.ts";
import { formatTable, type Column } from "../text/table.ts";

/** Where a command prints to; `columns` is there on a terminal. */
export interface PrintTarget {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Prints a table; its cells are cut only on a terminal. */
export async function printTable(
  output: PrintTarget,
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
): Promise<void> {
  printLines(output, await formatTable(columns, rows, output.isTTY === true ? output.columns : undefined));
}

/** Prints lines. */
export function printLines(output: PrintTarget, lines: readonly string[]): void {
  output.write(lines.map((line) => `${line}\n`).join(""));
}

/** Prints a value as JSON; characters that could move a terminal's cursor or turn its text are written as escapes. */
export function printJson(output: PrintTarget, value: unknown): void {
  const json = JSON.stringify(value, undefined, 2);
  output.write(`${json.replaceAll(unprintable, escape)}\n`);
}

/** The lines below a table that say which app and which version it is about. */
export function identityLines(app: ListedApp): readonly string[] {
  return [...nameLines(app), etagLine(app.etag)];
}

/** The lines below a table that say which app it is about. */
export function nameLines(app: ListedApp): readonly string[] {
  return [`Name  ${appTitle(app)}`, `Id    ${app.id}`];
}

/** The line below a table that says which version it is about. */
export function etagLine(etag: string | undefined): string {
  return `ETag  ${etag ?? "none (the server sends no ETags)"}`;
}

const unprintable = /[\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

function escape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
