import { counterMaximum } from "./counters.ts";

/** What the text of a JSON number says as the value of a counter. */
export type ParsedCounter =
  | { readonly kind: "value"; readonly value: number }
  | { readonly kind: "fraction" }
  | { readonly kind: "range" };

/** What nearly every counter looks like. */
const plain = /^[0-9]{1,9}$/;
const form = /^(-?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]+))?$/;

/**
 * Judges a JSON number by its text: `4.0`, `40e-1` and `1e3` are whole, `4.0000000000000000001` is not, though
 * a double would take it for 4. No power is computed, however long the exponent.
 */
export function parseCounterText(text: string): ParsedCounter {
  if (plain.test(text)) return { kind: "value", value: Number(text) };
  const [, sign, whole = "", fraction = "", exponent = "0"] = form.exec(text) ?? [];
  if (sign === undefined) return { kind: "fraction" };
  const written = (whole + fraction).replace(/^0+/, "");
  if (written === "") return { kind: "value", value: 0 };
  const digits = withoutZerosBehind(written);
  const shift = Number(exponent) - fraction.length + (written.length - digits.length);
  if (shift < 0) return { kind: "fraction" };
  if (sign === "-" || digits.length + shift > 10) return { kind: "range" };
  const value = Number(digits + "0".repeat(shift));
  return value > counterMaximum ? { kind: "range" } : { kind: "value", value };
}

/** A pattern would look from each zero on, and take its time for a million of them. */
function withoutZerosBehind(digits: string): string {
  let end = digits.length;
  while (digits[end - 1] === "0") end -= 1;
  return digits.slice(0, end);
}
