import { describe, expect, test } from "vitest";
import { commandFirst, globalOptions, isForEditor } from "./global-options.ts";

const switches = [
  ["readOnly", "--read-only"],
  ["readOnly", "--readOnly"],
  ["quiet", "--quiet"],
  ["verbose", "--verbose"],
  ["plain", "--plain"],
  ["screenReader", "--screen-reader"],
  ["screenReader", "--screenReader"],
] as const;
const yes = ["", "=", "=true", "=True", "=TRUE", "=t", "=yes", "=Yes", "=y", "=on", "=ON", "=1"];
const no = ["=false", "=False", "=f", "=no", "=NO", "=n", "=off", "=0"];
const neither = ["=ture", "=2", "=ja", "= true", "=\n"];

describe.each(switches)("%s as %s", (name, option) => {
  test.each(yes)("%j is yes, before a command and behind it", (end) => {
    const word = `${option}${end}`;
    expect(globalOptions(["set", "visio", word])[name]).toBe(true);
    expect(isForEditor([word])).toBe(true);
    expect(commandFirst([word, "list"])).toEqual(["list", word]);
  });

  test.each(no)("%j is no", (end) => {
    const word = `${option}${end}`;
    expect(globalOptions(["set", "visio", word])[name]).toBe(false);
    expect(isForEditor([word])).toBe(true);
  });

  // The commands' parser refuses the word.
  test.each(neither)("%j is neither, and no option of the editor", (end) => {
    expect(globalOptions([`${option}${end}`])[name]).toBe(false);
    expect(isForEditor([`${option}${end}`])).toBe(false);
  });

  test("what follows -- is no option", () => {
    expect(globalOptions(["set", "--", option])[name]).toBe(false);
  });
});
