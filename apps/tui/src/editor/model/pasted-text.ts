import { counterNames, counters, safeParsePatchText, type InstallSummaryPatch } from "@install-summary/core";
import { parseTypedCounter } from "@install-summary/core/text";
import { parseEntry } from "./entry.ts";
import { parsePrintedTable } from "./printed-table.ts";

/** What a pasted text comes to. */
export type ParsedPaste =
  | { readonly kind: "one"; readonly text: string }
  | { readonly kind: "patch"; readonly patch: InstallSummaryPatch }
  /** All ten counters, in the order of the specification. */
  | { readonly kind: "values"; readonly values: readonly number[] }
  | { readonly kind: "refused"; readonly reason: string };

/**
 * Parses a pasted text: one number, a JSON patch for the app, or ten numbers. Five lines of two cells are devices and
 * users, as on the screen, and so is the table that `get` prints; ten cells in one line or one column are in the order of
 * the specification.
 */
export function parsePaste(text: string, appId: string): ParsedPaste {
  const pasted = unquoted(text.trim());
  if (pasted === "") return refused("The text is empty.");
  if (pasted.startsWith("{")) return parsePastedPatch(pasted, appId);
  if (isOneEntry(pasted)) return { kind: "one", text: pasted };
  const lines = text.split(/\r\n|\r|\n/).filter((each) => each.trim() !== "");
  const printed = parsePrintedTable(lines);
  if (typeof printed === "string") return refused(printed);
  if (printed !== undefined) {
    const isOther = printed.id !== undefined && printed.id.toLowerCase() !== appId.toLowerCase();
    return isOther
      ? refused(`The table is of another app (${printed.id.slice(0, 8)}).`)
      : parseCells(printed.cells);
  }
  const tables = separators.map((separator) => lines.map((each) => cellsOf(each, separator)));
  const ordered = tables.flatMap((table) => inOrder(table) ?? []);
  const parsed = ordered.map(parseCells);
  const found = parsed.find(({ kind }) => kind === "values") ?? parsed[0];
  return found ?? refused(shapeProblem(tables));
}

/** The signs that are only ever between cells. */
const clear = /[\t;]/;
/** What may be between the cells of a line without such a sign. */
const separators = [/\s+/, /\s*,\s*|\s+/];

const size = counterNames.length;

function parsePastedPatch(text: string, appId: string): ParsedPaste {
  const parsed = safeParsePatchText(text, { id: appId });
  if (parsed.success) return { kind: "patch", patch: parsed.data };
  const { code, message, details } = parsed.error;
  // The words for a request speak of its headers.
  const where = /Invalid JSON at .*$/.exec(message)?.[0];
  if (code === "BadRequest" && where !== undefined) return refused(where);
  return refused(details[0]?.message ?? message);
}

/** What belongs in the cell, also if it is refused there: the reason is then shown beside it. */
function isOneEntry(text: string): boolean {
  return isOneNumber(text.replace(/^[+\-−]/, "")) || /^[^\s,;]+$/.test(text);
}

function unquoted(text: string): string {
  return /^"([^"]*)"$/.exec(text)?.[1]?.trim() ?? text;
}

function isOneNumber(text: string): boolean {
  return parseTypedCounter(text, { grouped: true }).kind === "value";
}

/** The cells of a line. Digits that can be read as one number are one: `1 204` is never 1 and 204. */
function cellsOf(text: string, separator: RegExp): readonly string[] {
  // As PowerShell writes CSV.
  const quoted = [...text.matchAll(/"([^"]*)"/g)].map(([, cell = ""]) => cell.trim());
  if (quoted.length > 0 && /^[\s,;]*$/.test(text.replaceAll(/"[^"]*"/g, ""))) return quoted;
  // A tab at the start or the end of a line has an empty cell beside it; a blank has not.
  if (clear.test(text)) return text.split(clear).map((cell) => cell.trim());
  return isOneNumber(text) ? [text.trim()] : text.trim().split(separator);
}

/** Ten cells in the order of the specification; undefined for a table of another shape. */
function inOrder(table: readonly (readonly string[])[]): readonly (readonly string[])[] | undefined {
  const cells = table.flat();
  if (cells.length !== size) return undefined;
  if (table.length === 1 || table.length === size) return [cells];
  if (table.length !== size / 2 || table.some((row) => row.length !== 2)) return undefined;
  const columns = { device: 0, user: 1 } as const;
  const states = counters.filter(({ scope }) => scope === "device").map(({ state }) => state);
  return [counters.map(({ scope, state }) => table[states.indexOf(state)]?.[columns[scope]] ?? "")];
}

function parseCells(cells: readonly string[]): ParsedPaste {
  const values: number[] = [];
  for (const cell of cells) {
    const reading = parseEntry(cell, 0);
    if (reading.kind === "nothing") return refused("A cell is empty.");
    if (reading.kind !== "edit" || typeof reading.edit !== "number") {
      return refused(
        reading.kind === "edit" ? `${cell} is not a plain number` : `${cell}: ${reading.reason}`,
      );
    }
    values.push(reading.edit);
  }
  return { kind: "values", values };
}

function shapeProblem(tables: readonly (readonly (readonly string[])[])[]): string {
  const most = Math.max(...tables.map((table) => table.flat().length));
  const lines = tables[0]?.length ?? 1;
  const shape = lines === 1 ? `${most} cells in a line` : `${most} cells in ${lines} lines`;
  return `${shape}: one number, ten, five lines of two, or JSON fit.`;
}

function refused(reason: string): { readonly kind: "refused"; readonly reason: string } {
  return { kind: "refused", reason };
}
