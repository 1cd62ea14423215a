import { expect, test } from "vitest";
import { widthOf } from "../../text/width.ts";
import { joiningAll, separateSigns, type Joining } from "./joined-signs.ts";

const none: Joining = { sequences: false, flags: false, tones: false, selectors: false };
const name = "Café 👩‍💻 給与 🇩🇪 👍🏽 ❤️ 👨‍👩‍👧‍👦 1️⃣ שלום";

test("a terminal that joins all is given every name as it is", () => {
  expect(separateSigns(name, joiningAll)).toBe(name);
});

test("signs that a terminal does not join are apart, each as wide as in the tables", () => {
  const apart = separateSigns(name, none);
  expect(apart).toBe("Café 👩💻 給与 DE 👍 ❤ 👨👩👧👦 1 שלום");
  expect(widthOf(apart)).toBe(
    widthOf("Café ") + 4 + widthOf(" 給与 DE ") + 2 + 1 + 1 + 1 + 8 + 1 + 1 + 1 + 4,
  );
});

test("a sequence loses its tones where only they are not joined", () => {
  expect(separateSigns("👩🏽‍💻 👍🏽", { ...joiningAll, tones: false })).toBe("👩‍💻 👍");
});

test.each([
  ["sequences", "👩💻 🇩🇪 👍🏽 ❤️"],
  ["flags", "👩‍💻 DE 👍🏽 ❤️"],
  ["tones", "👩‍💻 🇩🇪 👍 ❤️"],
  ["selectors", "👩‍💻 🇩🇪 👍🏽 ❤"],
] as const)("without %s the others stay", (kind, apart) => {
  expect(separateSigns("👩‍💻 🇩🇪 👍🏽 ❤️", { ...joiningAll, [kind]: false })).toBe(apart);
});
