import { expect, test } from "vitest";
import { glyphsFor, glyphsInWords, glyphsSpoken, unicodeGlyphs } from "./glyphs.ts";
import { outsideText } from "./outside-text.ts";
import { ownSigns } from "./own-signs.ts";

test.each([
  [{ LANG: "en_US.UTF-8" }, "●"],
  [{ LANG: "en_US.utf8" }, "●"],
  [{}, "●"],
  [{ LANG: "" }, "●"],
  [{ LANG: "C" }, "*"],
  [{ LANG: "de_DE.ISO-8859-1" }, "*"],
  [{ LC_ALL: "C", LANG: "en_US.UTF-8" }, "*"],
  [{ LC_ALL: "", LC_CTYPE: "C.UTF-8", LANG: "C" }, "●"],
])("with the locale %j a staged edit is marked %s", (env, mark) => {
  expect(glyphsFor(env).staged).toBe(mark);
});

test("a terminal of another locale gets signs of ASCII only, also of names", () => {
  const glyphs = glyphsFor({ LANG: "C" });
  expect(JSON.stringify(glyphs)).toMatch(/^[\u0020-\u007e]*$/);
  expect(outsideText("Google 給与 2.2 \u001b[2J", glyphs)).toBe("Google ???? 2.2 ?[2J");
});

test.each([{ LANG: "C" }, {}])("words have no caret behind what is typed with %j", (env) => {
  expect([glyphsInWords(env).caret, glyphsSpoken(env).caret]).toEqual(["", ""]);
});

test.each([{ LANG: "C" }, {}])("a trend without data does not look like a fault with %j", (env) => {
  const { unknown, blocks, wrong, differs, ellipsis } = glyphsFor(env);
  expect([...blocks, wrong, differs, ellipsis, "?", "!"]).not.toContain(unknown);
});

test.each([{ LANG: "C" }, {}])("each sign of the legend is another one with %j", (env) => {
  const { staged, differs, recounted, unchanged, states, unknown } = glyphsFor(env);
  const signs = [staged, differs, recounted, unchanged, ...Object.values(states), "?", "!"];
  expect(new Set(signs).size).toBe(signs.length);
  expect(signs.filter((sign) => sign !== "·")).not.toContain(unknown);
});

test("in a terminal of ASCII a sentence has its keys as words, and its arrows and dots as signs", () => {
  const glyphs = glyphsFor({ LANG: "C" });
  expect(ownSigns("→ first, then a number.", glyphs)).toBe("Right first, then a number.");
  expect(ownSigns("Nothing pasted: a paste goes into a counter. → first.", glyphs)).toBe(
    "Nothing pasted: a paste goes into a counter. Right first.",
  );
  expect(ownSigns("↑ does nothing here", glyphs)).toBe("Up does nothing here");
  expect(ownSigns("Staged: failed devices 16 → 8 (−8).", glyphs)).toBe(
    "Staged: failed devices 16 -> 8 (-8).",
  );
  expect(ownSigns("Reading again …", glyphs)).toBe("Reading again ...");
});

test("controls of a name become signs", () => {
  expect(outsideText("Evil\u001b[2J \u202eexe\n\u009b1m", unicodeGlyphs)).toBe(
    "Evil␛[2J ⟨U+202E⟩exe␊⟨U+009B⟩1m",
  );
});
