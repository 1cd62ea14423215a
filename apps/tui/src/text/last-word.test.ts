import * as fc from "fast-check";
import { expect, test } from "vitest";
import { withoutLastWord } from "./last-word.ts";

test("the last word goes with the blanks behind it", () => {
  const unit = fc.constantFrom("a", "é", "給", " ", "\t", "\u00A0", "👩");
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 12 }), (text) => {
      expect(withoutLastWord(text)).toBe(text.trim() === "" ? "" : text.replace(/\S+\s*$/, ""));
    }),
  );
});
