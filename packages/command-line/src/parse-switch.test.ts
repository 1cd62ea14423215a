import { looseBooleanParser } from "@stricli/core";
import { expect, test } from "vitest";
import { parseSwitch } from "./parse-switch.ts";

const words = ["true", "t", "yes", "y", "on", "1", "", "false", "f", "no", "n", "off", "0"];
const others = ["ture", "2", "01", "ja", "enabled", "null", " true", "true ", "yess", "-", "ı", "oﬀ"];
const cases = (word: string): readonly string[] => [
  word,
  word.toUpperCase(),
  word.slice(0, 1).toUpperCase() + word.slice(1),
];

test.each([...words, ...others].flatMap(cases))("%j is read as stricli reads it", (text) => {
  expect(parseSwitch(text)).toBe(asStricli(text));
});

function asStricli(text: string): boolean | undefined {
  try {
    return looseBooleanParser(text);
  } catch {
    return undefined;
  }
}
