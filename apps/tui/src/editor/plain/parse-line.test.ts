import { counterNames } from "@install-summary/core";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { counterWord } from "../../words/counter-words.ts";
import { parseLine, type PlainCommand } from "./parse-line.ts";

const failed = "failedDeviceCount";

test.each<[string, PlainCommand]>([
  ["", { kind: "show" }],
  ["  google 給 ", { kind: "find", text: "google 給" }],
  ["find review", { kind: "find", text: "review" }],
  ["Review", { kind: "review" }],
  ["12", { kind: "number", digits: "12" }],
  ["failed 8", { kind: "counter", counter: failed, text: "8" }],
  ["failed devices 8", { kind: "counter", counter: failed, text: "8" }],
  ["Failed = 1,204", { kind: "counter", counter: failed, text: "1,204" }],
  ["failed 1 204", { kind: "counter", counter: failed, text: "1 204" }],
  ["failed -2", { kind: "counter", counter: failed, text: "-2" }],
  ["failed-=2", { kind: "counter", counter: failed, text: "-2" }],
  ["failed+=2", { kind: "counter", counter: failed, text: "+2" }],
  ["failed x", { kind: "counter", counter: failed, text: "x" }],
  ["failed", { kind: "counter", counter: failed, text: "" }],
  ["users pending -2", { kind: "counter", counter: "pendingInstallUserCount", text: "-2" }],
  ["pending users -2", { kind: "counter", counter: "pendingInstallUserCount", text: "-2" }],
  ["users.not-applicable=5", { kind: "counter", counter: "notApplicableUserCount", text: "5" }],
  ["not applicable +5", { kind: "counter", counter: "notApplicableDeviceCount", text: "+5" }],
  ["failedUserCount 1", { kind: "counter", counter: "failedUserCount", text: "1" }],
  ["revert users failed", { kind: "revert", counter: "failedUserCount" }],
  ["drop", { kind: "drop" }],
  ["drop 2", { kind: "drop", number: 2 }],
  ["undo", { kind: "undo" }],
  ["undo 3", { kind: "undo", number: 3 }],
  ["undo all", { kind: "key", key: "U" }],
  ["R", { kind: "key", key: "R" }],
  ["Esc", { kind: "key", key: "escape" }],
  ['{"failedDeviceCount":8}', { kind: "paste", text: '{"failedDeviceCount":8}' }],
  ["1 2 3 4 5 6 7 8 9 10", { kind: "paste", text: "1 2 3 4 5 6 7 8 9 10" }],
  ["failed>10 platform:ios", { kind: "find", text: "failed>10 platform:ios" }],
  ["Failed Login Monitor", { kind: "find", text: "Failed Login Monitor" }],
])("%j is understood", (line, command) => {
  expect(parseLine(line)).toEqual(command);
});

test("each counter is named as the commands name it, and by its property's name, with any value", () => {
  fc.assert(
    fc.property(fc.constantFrom(...counterNames), fc.integer(), (counter, value) => {
      for (const name of [counter, counterWord(counter), counterWord(counter).replaceAll(/[.-]/g, " ")]) {
        expect(parseLine(`${name} ${value}`)).toEqual({ kind: "counter", counter, text: String(value) });
        expect(parseLine(`${name}=${value}`)).toEqual({ kind: "counter", counter, text: String(value) });
      }
    }),
    { numRuns: 50 },
  );
});

test("find takes any text, also one that would be a command", () => {
  const text = fc.string({ unit: "grapheme" }).filter((line) => line.trim() !== "");
  fc.assert(
    fc.property(fc.oneof(text, fc.constantFrom("review", "y", "12", "failed 8", "{}")), (line) => {
      expect(parseLine(`find ${line}`)).toEqual({ kind: "find", text: line.trim() });
    }),
  );
});
