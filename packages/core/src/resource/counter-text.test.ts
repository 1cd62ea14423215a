import * as fc from "fast-check";
import { expect, test } from "vitest";
import { parseCounterText } from "./counter-text.ts";
import { counterMaximum } from "./counters.ts";

test.each([
  ["4", 4],
  ["4.0", 4],
  ["40e-1", 4],
  ["1e3", 1000],
  ["-0", 0],
  ["-0.0e5", 0],
  ["0", 0],
  ["2147483647", counterMaximum],
  ["2147483647.000", counterMaximum],
  ["0.2147483647E+10", counterMaximum],
  // B85: no power of ten is computed.
  ["0e99999999999", 0],
  [`0e-${"9".repeat(60_000)}`, 0],
])("%s is a whole number", (text, value) => {
  expect(parseCounterText(text)).toEqual({ kind: "value", value });
});

test.each([
  "1.5",
  "4.0000000000000000001",
  "1e-1",
  "-1.5",
  "1e-99999999999",
  "",
  "x",
  "4x",
  "0x4",
  "NaN",
  "Infinity",
  "1,234",
])("%j is not a whole number", (text) => {
  expect(parseCounterText(text)).toEqual({ kind: "fraction" });
});

test.each([
  "-1",
  "2147483648",
  "21474836470",
  "1e400",
  "1e99999999999",
  "-1e99999999999",
  "9".repeat(60_000),
])("%s is out of range (B87)", (text) => {
  expect(parseCounterText(text)).toEqual({ kind: "range" });
});

test("all forms of a number have the same value", () => {
  const digits = fc.integer({ min: 0, max: counterMaximum });
  fc.assert(
    fc.property(digits, fc.nat(20), fc.nat(20), (value, zeros, shift) => {
      const text = String(value).padStart(shift + 1, "0");
      const pointed = `${text.slice(0, text.length - shift)}.${text.slice(text.length - shift)}${"0".repeat(zeros + 1)}`;
      expect(parseCounterText(`${pointed}e${shift}`)).toEqual({ kind: "value", value });
    }),
  );
});

test("a number as long as a body is parsed by its digits, zeros in the middle included", () => {
  const zeros = "0".repeat(60_000);
  expect(parseCounterText(`1${zeros}1`)).toEqual({ kind: "range" });
  expect(parseCounterText(`1${zeros}1e-60001`)).toEqual({ kind: "fraction" });
  expect(parseCounterText(`7${zeros}e-60000`)).toEqual({ kind: "value", value: 7 });
});
