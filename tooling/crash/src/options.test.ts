import { expect, test } from "vitest";
import { parseOptions } from "./options.ts";

const known = ["kill", "power"];

test("all cases run, as often as a long run needs, unless the command line says otherwise", () => {
  expect(parseOptions([], known)).toEqual({ names: known, rounds: undefined });
  expect(parseOptions(["power", "--rounds", "10"], known)).toEqual({ names: ["power"], rounds: 10 });
});

test.each([
  [["kil"], "Unknown case 'kil'. Cases: kill, power."],
  [["kill", "--rounds", "0"], "--rounds must be a number from 1 to 999999; got '0'."],
  [["--round", "3"], "Unknown option '--round'"],
])("%j is refused with what is wrong", (args, message) => {
  expect(() => parseOptions(args, known)).toThrow(message);
});
