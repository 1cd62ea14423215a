import * as fc from "fast-check";
import { expect, test } from "vitest";
import { counterMaximum } from "./counters.ts";
import { parseTypedCounter } from "./typed-counter.ts";

test.each([
  ["4", 4],
  ["1204", 1204],
  ["007", 7],
  ["4.0", 4],
  ["4.00", 4],
  ["4.0000", 4],
  [" 4\u00A0", 4],
  ["0", 0],
  ["2147483647", counterMaximum],
  ["0".repeat(60_000), 0],
])("%j is a number wherever it is typed", (text, value) => {
  expect(parseTypedCounter(text)).toEqual({ kind: "value", value });
  expect(parseTypedCounter(text, { grouped: true })).toEqual({ kind: "value", value });
});

test.each([
  ["", "empty"],
  [" \u00A0", "empty"],
  ["1.000", "point"],
  ["2.500", "point"],
  ["1.000.000", "point"],
  ["1204.000", "point"],
  ["0.000", "point"],
  ["+3", "plus"],
  ["+ 3", "plus"],
  ["-1", "minus"],
  ["\u22121", "minus"],
  ["-0", "minus"],
  ["1e3", "exponent"],
  ["40e-1", "exponent"],
  ["1.5", "fraction"],
  ["0.123", "fraction"],
  ["4.0000000000000000001", "fraction"],
  ["2147483648", "range"],
  ["2147483648.0", "range"],
  ["9".repeat(60_000), "range"],
  ["4.", "text"],
  [".0", "text"],
  ["0x4", "text"],
  ["NaN", "text"],
  ["4 devices", "text"],
  ["٤", "text"],
  ["1,23", "text"],
  ["12,0", "text"],
  ["0,123", "text"],
  ["1,234 567", "text"],
  ["1  234", "text"],
  ["1,234.0", "text"],
])("%j is refused wherever it is typed: %s", (text, reason) => {
  expect(parseTypedCounter(text)).toEqual({ kind: "refused", reason });
  expect(parseTypedCounter(text, { grouped: true })).toEqual({ kind: "refused", reason });
});

test.each(["1 234", "1\u00A0234", "1\u202F234", "1,234", "1'234", "1\u2019234"])(
  "%j is 1234 where a person reviews it, and refused elsewhere",
  (text) => {
    expect(parseTypedCounter(text, { grouped: true })).toEqual({ kind: "value", value: 1234 });
    expect(parseTypedCounter(text)).toEqual({ kind: "refused", reason: "grouped" });
  },
);

test("a grouped number above the maximum is out of range", () => {
  expect(parseTypedCounter("2,147,483,648", { grouped: true })).toEqual({ kind: "refused", reason: "range" });
});

test("any text has the value that an oracle reads out of its characters, or none", () => {
  const piece = fc.constantFrom(...Array.from("0123456789000.,' '\u00A0\u202F+-eE"), "000", ".000", ",000");
  const typed = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(""));
  fc.assert(
    fc.property(typed, fc.boolean(), (text, isGrouped) => {
      const parsed = parseTypedCounter(text, { grouped: isGrouped });
      expect(parsed.kind === "value" ? parsed.value : undefined).toBe(valueOf(text, isGrouped));
    }),
    { numRuns: 5000 },
  );
});

test("no text makes the reader throw or takes it long", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 40 }), fc.boolean(), (text, isGrouped) => {
      expect(["value", "refused"]).toContain(parseTypedCounter(text, { grouped: isGrouped }).kind);
    }),
  );
  for (const text of ["1.000".repeat(60_000), "1 ".repeat(60_000), " ".repeat(60_000), "1e".repeat(60_000)]) {
    expect(parseTypedCounter(text, { grouped: true }).kind).toBe("refused");
  }
});

/** The same rules, character by character. */
function valueOf(text: string, isGrouped: boolean): number | undefined {
  let typed = text.trim();
  const [whole = "", fraction, ...more] = typed.split(".");
  if (fraction !== undefined) {
    if (more.length > 0 || fraction.length === 0 || fraction.length === 3) return undefined;
    if (Array.from(fraction).some((character) => character !== "0")) return undefined;
    typed = whole;
  }
  const separators = new Set(Array.from(typed).filter((character) => !isDigit(character)));
  const [separator] = separators;
  if (separator !== undefined) {
    if (!isGrouped || fraction !== undefined || separators.size > 1) return undefined;
    if (![",", "'", " ", "\u00A0", "\u202F"].includes(separator)) return undefined;
    const [first = "", ...others] = typed.split(separator);
    if (first.length < 1 || first.length > 3 || first.startsWith("0")) return undefined;
    if (others.some((group) => group.length !== 3)) return undefined;
    typed = typed.split(separator).join("");
  }
  if (typed === "") return undefined;
  const value = BigInt(typed);
  return value <= BigInt(counterMaximum) ? Number(value) : undefined;
}

function isDigit(character: string): boolean {
  return character >= "0" && character <= "9";
}
