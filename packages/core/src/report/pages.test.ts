import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { streamOf } from "../../test/read-rows.ts";
import { isGraphError } from "../http/graph-error.ts";
import { readReport } from "./read-report.ts";
import type { ReportRow } from "./rows/report-row.ts";

const schema = ["ApplicationId", "DisplayName", "FailedDeviceCount"].map((Column) => ({ Column }));

/** A page of a report with the rows from one number to another. */
function page(from: number, to: number, total = 120): string {
  const values = Array.from({ length: to - from + 1 }, (_, at) => [
    idOf(from + at),
    `App ${from + at}`,
    from + at,
  ]);
  return JSON.stringify({ TotalRowCount: total, Schema: schema, Values: values });
}

describe("the pages of a report, given together (A6)", () => {
  test("are one report; each row tells its file", async () => {
    const rows = await readPages(page(1, 50), page(51, 100), page(101, 120));
    expect(rows).toHaveLength(120);
    expect(rows[0]).toMatchObject({ file: 1, line: 1, app: { id: idOf(1) } });
    expect(rows[119]).toMatchObject({ file: 3, line: 20, app: { id: idOf(120) } });
  });

  test("are complete when they overlap, whatever their order", async () => {
    expect(await readPages(page(91, 120), page(1, 60), page(51, 100))).toHaveLength(140);
  });

  test("are complete exactly when every row is in one of them", async () => {
    const range = fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }));
    await fc.assert(
      fc.asyncProperty(fc.array(range, { minLength: 2, maxLength: 6 }), async (ranges) => {
        const ends = ranges.map(([one, other]) => [Math.min(one, other), Math.max(one, other)] as const);
        const given = ends.map(([from, to]) => page(from, to, 12));
        const seen = new Set<number>();
        for (const [from, to] of ends) for (let row = from; row <= to; row += 1) seen.add(row);
        const outcome = await readPages(...given).catch((error: unknown) => error);
        expect(Array.isArray(outcome)).toBe(seen.size === 12);
      }),
    );
  });

  test.each([
    ["a page is missing", [page(1, 50), page(101, 120)], "The files have 70 of 120 rows"],
    [
      "a page is given twice and another is missing",
      [page(1, 50), page(1, 50), page(101, 120)],
      "The files have 70 of 120 rows",
    ],
    ["the report has grown meanwhile", [page(1, 60), page(61, 120, 121)], "The files have 120 of 121 rows"],
    ["a whole report is beside a page", [page(1, 50), page(301, 500, 200)], "The files have 50 of 120 rows"],
  ])("are refused when %s", async (_what, pages, message) => {
    const error = await failurePages(pages);
    expect(isGraphError(error) && error.message).toBe(
      `${message}. Request the other pages with skip and top and give all pages at once, or export the report as ZIP.`,
    );
  });

  test("of one app each are whole by themselves", async () => {
    expect(await readPages(page(1, 1, 1), page(2, 2, 1))).toHaveLength(2);
  });

  test("of Graph's list need their last page", async () => {
    expect(await readPages(list(1, "https://x/2"), list(2))).toHaveLength(2);
    const error = await failurePages([list(1, "https://x/2"), list(2, "https://x/3")]);
    expect(isGraphError(error) && error.message).toMatch(/^The last page of the list is missing\. /);
  });

  test("of which one cannot be read name it", async () => {
    const error = await failurePages([page(1, 120), '{"Values":['], ["p0.json", "p1.json"]);
    expect(isGraphError(error) && error.message).toMatch(/^p1\.json: The file ends unexpectedly at line 1/);
    const unnamed = await failurePages([page(1, 120), ""]);
    expect(isGraphError(unnamed) && unnamed.message).toBe("file 2: The file is empty.");
  });

  test("that are not read to the end are cancelled", async () => {
    const cancelled: number[] = [];
    const streams = [1, 2, 3].map(
      (number) =>
        new ReadableStream<Uint8Array>({
          start: (controller) => controller.enqueue(new TextEncoder().encode(page(1, 2000).padEnd(200_000))),
          cancel: () => void cancelled.push(number),
        }),
    );
    for await (const row of readReport(streams)) {
      expect(row).toMatchObject({ file: 1 });
      break;
    }
    expect(cancelled).toEqual([1, 2, 3]);
  });
});

function list(app: number, nextLink?: string): string {
  return JSON.stringify({ value: [{ id: idOf(app), failedDeviceCount: 1 }], "@odata.nextLink": nextLink });
}

function idOf(app: number): string {
  return `00000000-0000-4000-8000-${String(app).padStart(12, "0")}`;
}

async function readPages(...pages: readonly string[]): Promise<readonly ReportRow[]> {
  const rows: ReportRow[] = [];
  for await (const row of readReport(pages.map((text) => streamOf(text)))) rows.push(row);
  return rows;
}

async function failurePages(pages: readonly string[], names?: readonly string[]): Promise<unknown> {
  try {
    for await (const row of readReport(
      pages.map((text) => streamOf(text)),
      { names },
    ))
      void row;
  } catch (error) {
    return error;
  }
  throw new Error("they were read");
}
