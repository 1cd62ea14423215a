/** The formats in which tests make a long report. */
export type LongForm = "csv" | "json" | "schema";

/** The number of rows of a long report. */
export const longLength = 200_000;

const rowsPerPart = 1000;
const columns = ["ApplicationId", "DisplayName", "FailedDeviceCount"];

/** The text of a report of 27 to 45 MB, part by part. */
export function* writeLongReport(form: LongForm): Generator<string> {
  const { open, row, between, close } = forms[form];
  yield open;
  for (let from = 0; from < longLength; from += rowsPerPart) {
    const rows = Array.from({ length: rowsPerPart }, (_, at) => row(cellsOf(from + at)));
    yield (from === 0 ? "" : between) + rows.join(between);
  }
  yield close;
}

type Cells = readonly (string | number)[];

function cellsOf(row: number): Cells {
  const id = `00000000-0000-4000-8000-${String(row).padStart(12, "0")}`;
  return [id, `App ${(row * 2_654_435_761) % 4_294_967_296} ${"x".repeat(100)}`, 1];
}

const forms = {
  csv: { open: `${columns.join(",")}\n`, row: (cells: Cells) => cells.join(","), between: "\n", close: "\n" },
  json: {
    open: '{"values":[',
    row: (cells: Cells) => JSON.stringify(Object.fromEntries(cells.map((cell, at) => [columns[at], cell]))),
    between: ",",
    close: "]}",
  },
  schema: {
    open: `{"Schema":${JSON.stringify(columns.map((Column) => ({ Column })))},"Values":[`,
    row: (cells: Cells) => JSON.stringify(cells),
    between: ",",
    close: "]}",
  },
};
