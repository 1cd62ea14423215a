import { installSummaryPatchSchema } from "@install-summary/core";
import type { ReadRow, RejectedRow } from "@install-summary/core/report";
import * as z from "zod";
import { maxKeptRows } from "./rejected-rows.ts";

/** A row as it is staged: what it says without its place, so that equal rows have equal texts. */
export interface StagedRow {
  readonly appId: string;
  /** 0 where there is only one file. */
  readonly file: number;
  readonly line: number;
  readonly text: string;
}

/** What the rows of a report say about one app. */
export type StagedApp =
  /** One row, or the same row in several pages. */
  | { readonly kind: "one"; readonly row: ReadRow | RejectedRow; readonly count: number }
  /** Rows of which any may be the right one. */
  | {
      readonly kind: "several";
      readonly appId: string;
      /** The first of them; what they say of the app is left out. */
      readonly rows: readonly Pick<RejectedRow, "line" | "file" | "column" | "problem">[];
      readonly count: number;
    };

/** How many rows are looked at before other requests have their turn. */
const turn = 500;

/**
 * Groups rows that come in the order of apps and, within an app, of files. Holds few rows, however many an app has, and
 * lets other requests have their turn.
 */
export async function* groupByApp(rows: Iterable<StagedRow>): AsyncGenerator<StagedApp, undefined> {
  let group: Group | undefined;
  let count = 0;
  for (const row of rows) {
    count += 1;
    if (count % turn === 0) await new Promise(setImmediate);
    if (group?.first.appId === row.appId) addRow(group, row);
    else {
      if (group !== undefined) yield finish(group);
      group = { first: row, lastFile: row.file, count: 1, isSame: true, others: [] };
    }
  }
  if (group !== undefined) yield finish(group);
  return undefined;
}

interface Group {
  readonly first: StagedRow;
  lastFile: number;
  count: number;
  /** Whether all rows say the same, each in a file of its own. */
  isSame: boolean;
  readonly others: Place[];
}

type Place = Pick<RejectedRow, "line" | "file" | "column" | "problem">;

function addRow(group: Group, row: StagedRow): void {
  group.count += 1;
  group.isSame &&= row.file !== group.lastFile && row.text === group.first.text;
  group.lastFile = row.file;
  if (group.others.length < maxKeptRows) group.others.push(placeOf(row));
}

function finish({ first, count, isSame, others }: Group): StagedApp {
  if (isSame) {
    return { kind: "one", row: { ...parseText(first.text), line: first.line, ...fileOf(first) }, count };
  }
  return { kind: "several", appId: first.appId, rows: [placeOf(first), ...others], count };
}

function placeOf(row: StagedRow): Place {
  const place = { line: row.line, ...fileOf(row) };
  const said = parseText(row.text);
  if (!("problem" in said)) return { ...place, problem: "" };
  const { column, problem } = said;
  return { ...place, ...(column !== undefined && { column }), problem };
}

type RowText = Omit<ReadRow, "line" | "file"> | Omit<RejectedRow, "line" | "file">;

const text = z.string();
const rowText: z.ZodType<RowText> = z.union([
  z.object({
    app: z.object({
      id: text,
      displayName: text.exactOptional(),
      publisher: text.exactOptional(),
      "@odata.type": text.exactOptional(),
    }),
    patch: installSummaryPatchSchema,
  }),
  z.object({ id: text.exactOptional(), column: text.exactOptional(), problem: text }),
]);

/** Parses the text of a staged row, which was on the disk meanwhile. */
function parseText(staged: string): RowText {
  return rowText.parse(JSON.parse(staged));
}

function fileOf({ file }: StagedRow): { readonly file?: number } {
  return file === 0 ? {} : { file };
}
