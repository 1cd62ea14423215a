import * as fc from "fast-check";
import { expect, test } from "vitest";
import { allOf, textInPieces } from "../../test/in-pieces.ts";
import { appId } from "../../test/samples.ts";
import { readJson } from "./read-json.ts";
import type { ReportRow } from "./report-row.ts";

const cells = [
  [appId, 'Ünïcode "\\x" \ud800]}', 1],
  [appId, "👩‍💻", 2.5],
  ["nope", null, true],
];
const columns = ["ApplicationId", "DisplayName", "FailedDeviceCount"];
const values = cells.map((row) => Object.fromEntries(row.map((cell, at) => [columns[at], cell])));
const schema = columns.map((Column) => ({ Column }));

const reports = [
  `${JSON.stringify({ TotalRowCount: 3, values }, null, 1)}\n`,
  JSON.stringify({ Schema: schema, Values: cells }),
  JSON.stringify({ Values: cells, x: { y: "]}" }, Schema: schema }),
];

test.each(reports)("how a report is cut makes no difference: %#", async (text) => {
  expect(await outcomeOfCuts(text)).toHaveLength(3);
});

test.each([
  [`{"values":[{"ApplicationId":\n "${appId}"},{}\n\n nope]}`, "stops being JSON at line 4, column 2."],
  [`{"Values":[],\n\n "x\\"":"\n`, "stops being JSON at line 3, column 9."],
  ['{"Values":[], "x": "\\"",\n\n "values":[]}', "names 'values' a second time at line 3, column 2."],
])("how it is cut does not move the place where it is refused: %#", async (text, refusal) => {
  expect(await outcomeOfCuts(text)).toBe(`The file ${refusal}`);
});

/** What becomes of a text, which is the same however it is cut. */
async function outcomeOfCuts(text: string): Promise<readonly ReportRow[] | string> {
  const whole = await outcome(textInPieces(text, [text.length].values()));
  await fc.assert(
    fc.asyncProperty(fc.infiniteStream(fc.integer({ min: 1, max: 9 })), async (sizes) => {
      expect(await outcome(textInPieces(text, sizes))).toEqual(whole);
    }),
    { numRuns: 200 },
  );
  return whole;
}

async function outcome(texts: AsyncIterable<string>): Promise<readonly ReportRow[] | string> {
  try {
    return (await allOf(readJson(texts))).flat();
  } catch (error) {
    return error instanceof Error ? error.message : "no error";
  }
}
