import { expect, test } from "vitest";
import { barePlace } from "../../test/command-place.ts";
import type { ImportResult } from "../server/send-report.ts";
import { madeMeanwhile } from "./made-meanwhile.ts";

type Counts = readonly [created: number, changed: number, unchanged: number, rejected: number];

function result([created, changed, unchanged, rejected]: Counts): ImportResult {
  return { created, changed, unchanged, rejected, rows: [] };
}

test.each<[string, Counts, Counts, string | undefined]>([
  ["all are made", [1, 2, 3, 0], [1, 2, 3, 0], undefined],
  ["more are made, since others changed apps meanwhile", [0, 1, 1, 0], [0, 2, 0, 0], undefined],
  ["a created app is one to change meanwhile", [1, 0, 0, 0], [0, 1, 0, 0], undefined],
  ["some are rejected meanwhile", [0, 2, 0, 0], [0, 1, 0, 1], undefined],
  ["none is left", [0, 2, 0, 0], [0, 0, 2, 0], "2 of 2 changes in the preview were there already, by "],
  [
    "one of many is left out",
    [0, 1200, 5, 1],
    [0, 1199, 6, 1],
    "1 of 1,200 changes in the preview was there",
  ],
  [
    "the only one is there",
    [1, 0, 0, 0],
    [0, 0, 1, 0],
    "1 of 1 change in the preview was there already, by ",
  ],
  [
    "some are there and some rejected",
    [1, 3, 0, 0],
    [0, 1, 2, 1],
    "2 of 4 changes in the preview were there",
  ],
])("%s", (_what, preview, response, text) => {
  const told = madeMeanwhile(result(preview), result(response), barePlace);
  expect(told.map((line) => line.slice(0, text?.length))).toEqual(text === undefined ? [] : [text]);
});
