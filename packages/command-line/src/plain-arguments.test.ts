import { expect, test } from "vitest";
import { plainArguments } from "./plain-arguments.ts";

test.each([
  [["help"], ["--help"]],
  [
    ["help", "set"],
    ["set", "--help"],
  ],
  [["version"], ["--version"]],
  [
    ["list", "--filter="],
    ["list", "--filter", ""],
  ],
  [
    ["list", "--filter=x="],
    ["list", "--filter=x="],
  ],
  [
    ["set", "help", "--", "--filter="],
    ["set", "help", "--", "--filter="],
  ],
])("%j is read as %j", (inputs, plain) => {
  expect(plainArguments(inputs)).toEqual(plain);
});
