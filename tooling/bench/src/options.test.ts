import { expect, test } from "vitest";
import { readOptions } from "./options.ts";

const known = ["core", "http"];

test("without a word everything runs, three rounds of it", () => {
  expect(readOptions([], known)).toEqual({
    suites: known,
    rounds: 3,
    json: undefined,
    isFull: false,
    isStrict: false,
  });
});

test("suites are named, and the rest is said by flags", () => {
  expect(readOptions(["http", "--rounds", "5", "--json", "x.json", "--full", "--strict"], known)).toEqual({
    suites: ["http"],
    rounds: 5,
    json: "x.json",
    isFull: true,
    isStrict: true,
  });
});

test.each([
  [["nope"], "There is no suite 'nope'. There are: core, http."],
  [["--rounds", "0"], "--rounds must be a number from 1 to 999; got '0'."],
  [["--rounds", "x"], "--rounds must be a number from 1 to 999; got 'x'."],
  [["--fast"], /--fast/],
])("%j is refused", (args, message) => {
  expect(() => readOptions(args, known)).toThrow(message);
});
