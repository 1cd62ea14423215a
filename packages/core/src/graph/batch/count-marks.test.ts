import { expect, test } from "vitest";
import { countMarks } from "./count-marks.ts";

test.each([
  ["", 0],
  ["4", 0],
  ["[1,2]", 2],
  ['{"a":1,"b":[{},[]]}', 6],
  ['["[{,", "\\"[,", "\\\\", ","]', 4],
  [' { "requests" : [\n{ "id" : "1" } , 4.5e1 ] } ', 4],
])("%s has %i", (json, marks) => {
  expect(countMarks(json)).toBe(marks);
});
