import { expect, test } from "vitest";
import { ownSignsFor } from "./own-signs.ts";

test.each([
  [{ LANG: "C" }, "4 -> 1, -3, +/-"],
  [{ LC_ALL: "POSIX", LANG: "de_DE.UTF-8" }, "4 -> 1, -3, +/-"],
  [{ LC_ALL: "", LANG: "de_DE.utf8" }, "4 → 1, −3, Δ"],
  [{}, "4 → 1, −3, Δ"],
])("in %j the program's own signs are those that the terminal shows", (env, shown) => {
  expect(ownSignsFor(env)("4 → 1, −3, Δ")).toBe(shown);
});
