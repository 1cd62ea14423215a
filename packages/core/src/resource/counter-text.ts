import { parseWholeNumber } from "../text/whole-number.ts";
import { counterMaximum } from "./counters.ts";

/** A number as the value of a counter: the value, or why it cannot be one. */
export type ParsedCounter =
  | { readonly kind: "value"; readonly value: number }
  | { readonly kind: "fraction" }
  | { readonly kind: "range" };

/** Nearly every counter has this form. */
const plain = /^[0-9]{1,9}$/;

/** Parses the text of a JSON number as the value of a counter, exactly: it is judged before it becomes a double. */
export function parseCounterText(text: string): ParsedCounter {
  if (plain.test(text)) return { kind: "value", value: Number(text) };
  const whole = parseWholeNumber(text);
  if (whole === undefined) return { kind: "fraction" };
  const { isNegative, digits, zeros } = whole;
  if (digits === "") return { kind: "value", value: 0 };
  if (isNegative || digits.length + zeros > 10) return { kind: "range" };
  const value = Number(digits + "0".repeat(zeros));
  return value > counterMaximum ? { kind: "range" } : { kind: "value", value };
}
