import { expect, test } from "vitest";
import { parseOptions } from "./options.ts";

const known = ["core", "http"];

test("without arguments every suite runs as often as it needs", () => {
  expect(parseOptions([], known)).toEqual({
    suites: known,
    rounds: undefined,
    json: undefined,
    isFull: false,
    isStrict: false,
  });
});

test("suites are named, and flags say the rest", () => {
  expect(parseOptions(["http", "--rounds", "5", "--json", "x.json", "--full", "--strict"], known)).toEqual({
    suites: ["http"],
    rounds: 5,
    json: "x.json",
    isFull: true,
    isStrict: true,
  });
});

test.each([
  [["nope"], "Unknown suite 'nope'. Suites: core, http."],
  [["--rounds", "0"], "--rounds must be a number from 1 to 999; got '0'."],
  [["--rounds", "x"], "--rounds must be a number from 1 to 999; got 'x'."],
  [["--fast"], /--fast/],
])("%j is refused", (args, message) => {
  expect(() => parseOptions(args, known)).toThrow(message);
});
