import { appTitle } from "../../words/app-identity.ts";
import { ownSignsFor, type OwnSigns } from "@install-summary/command-line/text";
import { formatTable, type Column } from "../../text/table.ts";
import type { KnownApp } from "../../words/known-app.ts";

/** Where a command prints to; `columns` is there on a terminal. */
export interface PrintTarget {
  readonly isTTY?: boolean;
  readonly columns?: number | undefined;
  /** How the program's own signs are written there. */
  readonly signs?: OwnSigns;
  write(text: string): unknown;
}

/** The output for words and tables: the program's own signs are written as the terminal of this environment shows them. */
export function textOutput(output: PrintTarget, env: NodeJS.ProcessEnv): PrintTarget {
  const signs = ownSignsFor(env);
  const { isTTY = false, columns } = output;
  return { isTTY, columns, signs, write: (text) => output.write(signs(text)) };
}

/** Prints a table; its cells are cut only on a terminal. */
export async function printTable(
  output: PrintTarget,
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
): Promise<void> {
  const { signs = (text: string) => text } = output;
  // Before the table is laid out, since some of them are wider in ASCII.
  const headed = columns.map((column) => ({ ...column, header: signs(column.header) }));
  const cells = rows.map((row) => row.map(signs));
  printLines(output, await formatTable(headed, cells, output.isTTY === true ? output.columns : undefined));
}

/** Prints lines. */
export function printLines(output: PrintTarget, lines: readonly string[]): void {
  output.write(lines.map((line) => `${line}\n`).join(""));
}

/** The lines below a table that say which app and which version it is about. */
export function identityLines(app: KnownApp): readonly string[] {
  return [...nameLines(app), etagLine(app.etag)];
}

/** The lines below a table that say which app it is about. */
export function nameLines(app: KnownApp): readonly string[] {
  return [`Name  ${appTitle(app)}`, `Id    ${app.id}`];
}

/** The line below a table that says which version it is about. */
export function etagLine(etag: string | undefined): string {
  return `ETag  ${etag ?? "none (the server sends no ETags)"}`;
}
