import { counterMaximum } from "./counters.ts";

/** Why a text that a person typed is not the value of a counter. */
export type TypedCounterReason =
  /** It is blank. */
  | "empty"
  /** It begins with `+`, which may mean "add". */
  | "plus"
  /** It begins with `-`. */
  | "minus"
  /** `1.000` or `1.000.000`: the point may group thousands, or begin a fraction. */
  | "point"
  /** `1,000`, `1 000` or `1'000` where grouped digits are not accepted. */
  | "grouped"
  /** `1e3`. */
  | "exponent"
  /** `1.5`. */
  | "fraction"
  /** More than 2147483647. */
  | "range"
  /** Anything else. */
  | "text";

/** A typed text as the value of a counter, or why it cannot be one. */
export type TypedCounter =
  | { readonly kind: "value"; readonly value: number }
  | { readonly kind: "refused"; readonly reason: TypedCounterReason };

/** How typed texts are judged. */
export interface TypedCounterOptions {
  /**
   * Whether digits may be grouped in threes, by one kind of space, comma or apostrophe. Only where a person reviews the
   * value before it is used.
   *
   * @default false
   */
  readonly grouped?: boolean;
}

/** Nearly every counter has this form. */
const plain = /^[0-9]{1,9}$/;
const digits = /^[0-9]+$/;
const pointed = /^([0-9]+)\.([0-9]+)$/;
const groupedByPoint = /^[1-9][0-9]{0,2}(?:\.[0-9]{3})+$/;
// Spaces in French and Swedish, apostrophes in Switzerland, commas in English. A group that begins with 0 is a fraction.
const grouped = /^[1-9][0-9]{0,2}([ \u00A0\u202F,'\u2019])[0-9]{3}(?:\1[0-9]{3})*$/;
const exponent = /^[0-9]+(?:\.[0-9]+)?[eE][+-]?[0-9]+$/;

/**
 * Parses a number that a person or a program wrote as text: digits, or digits with a fraction of zeros, as data frames
 * write it (`4.0`). Blanks around it are ignored. A fraction of three zeros is refused, because many languages write a
 * thousand as `1.000`. Never throws. Numbers in JSON are parsed by
 * `parseCounterText`.
 */
export function parseTypedCounter(text: string, options: TypedCounterOptions = {}): TypedCounter {
  if (plain.test(text)) return { kind: "value", value: Number(text) };
  const typed = text.trim();
  if (digits.test(typed)) return inRange(typed);
  if (grouped.test(typed)) {
    return options.grouped === true ? inRange(typed.replaceAll(/[^0-9]/g, "")) : refused("grouped");
  }
  const [, whole, fraction = ""] = pointed.exec(typed) ?? [];
  if (fraction === "000" || groupedByPoint.test(typed)) return refused("point");
  if (whole !== undefined) return /^0+$/.test(fraction) ? inRange(whole) : refused("fraction");
  return refused(reasonOf(typed));
}

function reasonOf(typed: string): TypedCounterReason {
  if (typed === "") return "empty";
  if (/^\+\s*[0-9]/.test(typed)) return "plus";
  if (/^[-\u2212]\s*[0-9]/.test(typed)) return "minus";
  return exponent.test(typed) ? "exponent" : "text";
}

function inRange(typed: string): TypedCounter {
  const value = Number(typed);
  return value > counterMaximum ? refused("range") : { kind: "value", value };
}

function refused(reason: TypedCounterReason): TypedCounter {
  return { kind: "refused", reason };
}
