import { expect, test } from "vitest";
import { ownSignsFor } from "./own-signs.ts";

test.each([
  [{ LANG: "C" }, "4 -> 1, -3, +/-, A - iOS ~"],
  [{ LC_ALL: "POSIX", LANG: "de_DE.UTF-8" }, "4 -> 1, -3, +/-, A - iOS ~"],
  [{ LC_ALL: "", LANG: "de_DE.utf8" }, "4 → 1, −3, Δ, A · iOS …"],
  [{}, "4 → 1, −3, Δ, A · iOS …"],
])("in %j the programs' own signs are those that the terminal shows", (env, shown) => {
  expect(ownSignsFor(env)("4 → 1, −3, Δ, A · iOS …")).toBe(shown);
});
