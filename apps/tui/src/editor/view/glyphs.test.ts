import { expect, test } from "vitest";
import { glyphsFor, unicodeGlyphs } from "./glyphs.ts";
import { outsideText } from "./outside-text.ts";

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

test.each([{ LANG: "C" }, {}])("a trend without data does not look like a fault with %j", (env) => {
  const { unknown, blocks, wrong, differs, ellipsis } = glyphsFor(env);
  expect([...blocks, wrong, differs, ellipsis, "?", "!"]).not.toContain(unknown);
});

test("controls of a name become signs", () => {
  expect(outsideText("Evil\u001b[2J \u202eexe\n\u009b1m", unicodeGlyphs)).toBe(
    "Evil␛[2J ⟨U+202E⟩exe␊⟨U+009B⟩1m",
  );
});
