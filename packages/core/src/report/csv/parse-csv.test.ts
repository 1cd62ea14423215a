import * as fc from "fast-check";
import { expect, test } from "vitest";
import { allOf, textInPieces } from "../../../test/in-pieces.ts";
import { parseCsv } from "./parse-csv.ts";
import type { CellRow } from "../rows/row-parser.ts";

test("a text is parsed alike however it is cut", async () => {
  const piece = fc.constantFrom('"', '""', ",", "\r\n", "\n", "\r", " ", "\uFEFF", "a", "👩‍💻");
  const text = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(""));
  await fc.assert(
    fc.asyncProperty(text, fc.infiniteStream(fc.integer({ min: 1, max: 5 })), async (whole, sizes) => {
      expect(await outcome(textInPieces(whole, sizes))).toEqual(
        await outcome(textInPieces(whole, [whole.length].values())),
      );
    }),
    { numRuns: 1000 },
  );
});

test("quoted cells are parsed as they were", async () => {
  const cell = fc
    .array(fc.constantFrom('"', ",", "\n", "\r", "\r\n", " ", "\uFEFF", "a", "👩‍💻"), { maxLength: 6 })
    .map((pieces) => pieces.join(""));
  const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(table, fc.infiniteStream(fc.integer({ min: 1, max: 9 })), async (rows, sizes) => {
      const lines = rows.map((cells) => cells.map((one) => `"${one.replaceAll('"', '""')}"`).join(","));
      const read = await outcome(textInPieces(`${lines.join("\r\n")}\r\n`, sizes));
      const kept = rows.filter((cells) => cells.some((one) => one.trim() !== ""));
      expect(read).toMatchObject(kept.map((cells) => ({ cells })));
    }),
    { numRuns: 500 },
  );
});

async function outcome(texts: AsyncIterable<string>): Promise<readonly CellRow[] | string> {
  try {
    return (await allOf(parseCsv(texts))).flat();
  } catch (error) {
    return error instanceof Error ? error.message : "no error";
  }
}
