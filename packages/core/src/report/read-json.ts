import * as z from "zod";
import { graphError } from "../graph-error.ts";
import { visibleText } from "../visible-text.ts";
import { createRowReader } from "./read-row.ts";
import type { ReportRow } from "./report-row.ts";

// A report of a hundred thousand apps; it is held in memory whole.
const mostCharacters = 64 * 1024 * 1024;

const reportSchema = z.object({
  values: z.array(z.record(z.string(), z.unknown())),
  TotalRowCount: z.number().optional(),
});

/** Reads the JSON of the export, `{"values":[{…}]}`. */
export async function* readJson(texts: AsyncIterable<string>): AsyncGenerator<readonly ReportRow[]> {
  const { values, TotalRowCount: total } = await parse(texts);
  if (total !== undefined && values.length < total) {
    throw graphError("BadRequest", `The report has ${values.length} of ${total} rows: it is not complete.`);
  }
  yield values.map((value, index) => {
    const read = createRowReader(Object.keys(value));
    return read({ line: index + 1, cells: Object.values(value).map(cellText) });
  });
}

async function parse(texts: AsyncIterable<string>): Promise<z.infer<typeof reportSchema>> {
  let text = "";
  for await (const part of texts) {
    text += part;
    if (text.length > mostCharacters) {
      throw graphError(
        "RequestEntityTooLarge",
        "A JSON report of more than 64 MiB is not read. Export it as CSV.",
      );
    }
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? ` ${visibleText(error.message, 200)}` : "";
    throw graphError("BadRequest", `The file is no JSON from beginning to end.${why}`);
  }
  const report = reportSchema.safeParse(json);
  if (report.success) return report.data;
  throw graphError(
    "BadRequest",
    `The JSON is no report: it must look like {"values":[{"ApplicationId":"…"}]}.`,
  );
}

/** A value as the text that a cell would hold; what is neither text nor number shows as JSON and is then refused. */
function cellText(value: unknown): string {
  if (value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}
