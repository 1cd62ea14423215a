import { UserError } from "@install-summary/command-line/errors";
import { counterNames, counters, isGraphError, type InstallSummaryPatch } from "@install-summary/core";
import { formatCount } from "../../words/format-count.ts";
import { parseTypedCounter } from "@install-summary/core/text";
import { faultLines } from "../../changes/fault-lines.ts";
import { parseGivenPatch, type GivenPatch } from "../../changes/printed-summary.ts";
import { parseEntry } from "./entry.ts";
import { parsePrintedTable, type PrintedTable } from "./printed-table.ts";

/** What a pasted text comes to. */
export type ParsedPaste =
  | { readonly kind: "one"; readonly text: string }
  /** Counters by name. `etag` is the version that the values were read at, where the text names one. */
  | { readonly kind: "patch"; readonly patch: InstallSummaryPatch; readonly etag: string | undefined }
  /** Ten numbers without a name, in the order of the specification. */
  | { readonly kind: "values"; readonly values: readonly number[] }
  | { readonly kind: "refused"; readonly reason: string };

/**
 * Parses a pasted text: one number, a JSON patch for the app, the app as `get` prints it as JSON, or ten numbers. Five lines of two cells are devices and
 * users, as on the screen, and so is the table that `get` prints; ten cells in one line or one column are in the order of
 * the specification.
 */
export function parsePaste(text: string, appId: string): ParsedPaste {
  const pasted = unquoted(text.trim());
  if (pasted === "") return refused("The text is empty.");
  if (pasted.startsWith("{") || pasted.startsWith("[")) return parsePastedPatch(text, appId);
  if (isOneEntry(pasted)) return { kind: "one", text: pasted };
  const lines = text.split(/\r\n|\r|\n/).filter((each) => each.trim() !== "");
  const printed = parsePrintedTable(lines);
  if (typeof printed === "string") return refused(printed);
  if (printed !== undefined) {
    const isOther = printed.id !== undefined && printed.id.toLowerCase() !== appId.toLowerCase();
    return isOther
      ? refused(`The table is of another app (${printed.id.slice(0, 8)}).`)
      : parseLabelled(printed);
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
  try {
    // Terminals end the lines of a paste as Enter does, and lines are counted where a fault is told.
    const { etag, patchFor, lineOf } = parseGivenPatch(text.replaceAll(/\r\n?/g, "\n"), text);
    return parseCounters(() => patchFor(appId), etag, lineOf);
  } catch (error) {
    if (error instanceof UserError) return refused(error.message);
    throw error;
  }
}

function parseCounters(
  parse: () => InstallSummaryPatch,
  etag: string | undefined,
  lineOf: GivenPatch["lineOf"],
): ParsedPaste {
  try {
    return { kind: "patch", patch: parse(), etag };
  } catch (error) {
    if (!isGraphError(error)) throw error;
    const [first, ...others] = faultLines(error, lineOf);
    return others.length === 0
      ? refused(`The JSON is refused: ${first}`)
      : refused(`The JSON has ${others.length + 1} faults: ${[first, ...others].join(" ")}`);
  }
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

/** Labels name the counters as JSON does, and the version stands below them. */
function parseLabelled({ cells, etag }: PrintedTable): ParsedPaste {
  const parsed = parseCells(cells);
  if (parsed.kind !== "values") return parsed;
  const patch = Object.fromEntries(counterNames.map((name, index) => [name, parsed.values[index]]));
  return { kind: "patch", patch, etag };
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
  const cells = `${formatCount(most)} cells`;
  const shape = lines === 1 ? `${cells} in a line` : `${cells} in ${formatCount(lines)} lines`;
  return `${shape}: one number, ten, five lines of two, or JSON fit.`;
}

function refused(reason: string): { readonly kind: "refused"; readonly reason: string } {
  return { kind: "refused", reason };
}
