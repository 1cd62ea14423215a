import { expect, test } from "vitest";
import { glyphsFault } from "./glyphs-fault.ts";

test.each([
  ["ascii", undefined],
  ["unicode", undefined],
  ["", undefined],
  [undefined, undefined],
  ["ASCII", "INSTALL_SUMMARY_GLYPHS must be unicode or ascii; got ASCII."],
  ["utf 8", 'INSTALL_SUMMARY_GLYPHS must be unicode or ascii; got "utf 8".'],
])("signs that are called %j are followed, or refused", (chosen, fault) => {
  expect(glyphsFault({ INSTALL_SUMMARY_GLYPHS: chosen })).toBe(fault);
});
