import { counterMaximum } from "./counters.ts";

/** A number as the value of a counter: the value, or why it cannot be one. */
export type ParsedCounter =
  | { readonly kind: "value"; readonly value: number }
  | { readonly kind: "fraction" }
  | { readonly kind: "range" };

/** Nearly every counter has this form. */
const plain = /^[0-9]{1,9}$/;
const form = /^(-?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]+))?$/;

/**
 * Parses the text of a JSON number exactly: `4.0`, `40e-1` and `1e3` are whole, `4.0000000000000000001` is not, although
 * as a double it is 4. No power is computed, however long the exponent is.
 */
export function parseCounterText(text: string): ParsedCounter {
  if (plain.test(text)) return { kind: "value", value: Number(text) };
  const [, sign, whole = "", fraction = "", exponent = "0"] = form.exec(text) ?? [];
  if (sign === undefined) return { kind: "fraction" };
  const written = (whole + fraction).replace(/^0+/, "");
  if (written === "") return { kind: "value", value: 0 };
  const digits = trimTrailingZeros(written);
  const shift = Number(exponent) - fraction.length + (written.length - digits.length);
  if (shift < 0) return { kind: "fraction" };
  if (sign === "-" || digits.length + shift > 10) return { kind: "range" };
  const value = Number(digits + "0".repeat(shift));
  return value > counterMaximum ? { kind: "range" } : { kind: "value", value };
}

/** A regular expression would start again at each zero, which is slow for a million of them. */
function trimTrailingZeros(digits: string): string {
  let end = digits.length;
  while (digits[end - 1] === "0") end -= 1;
  return digits.slice(0, end);
}
