import { counterMaximum, type CounterEdit } from "@install-summary/core";
import { parseTypedCounter, type TypedCounterReason } from "@install-summary/core/text";
import { formatCount } from "../../words/format-count.ts";
import { editedValue, isInRange } from "./edit.ts";

/** What a person typed into a counter comes to. */
export type ParsedEntry =
  | { readonly kind: "nothing" }
  /** A sign without its digits: not wrong yet, and not to be staged. */
  | { readonly kind: "unfinished"; readonly reason: string }
  | { readonly kind: "edit"; readonly edit: CounterEdit; readonly value: number }
  | { readonly kind: "refused"; readonly reason: string };

/** Parses an entry against the value that it is made on; `+5` and `-3` are relative to it. */
export function parseEntry(text: string, base: number): ParsedEntry {
  const typed = text.trim();
  if (typed === "") return { kind: "nothing" };
  const [, sign = "", digits = ""] = /^([+\-−]?)(.*)$/s.exec(typed) ?? [];
  const parsed = parseTypedCounter(digits, { grouped: true });
  if (parsed.kind === "refused") return refuse(parsed.reason, sign, digits, base);
  const { value: amount } = parsed;
  if (sign === "") return { kind: "edit", edit: amount, value: amount };
  const edit = { add: sign === "+" ? amount : -amount };
  const value = editedValue(base, edit);
  if (isInRange(value)) return { kind: "edit", edit, value };
  return refused(outOfRange(base, sign, formatCount(amount)));
}

/**
 * Whether a key can be part of an entry: digits, signs, what groups digits, and the `e` of an exponent. The entry is then
 * refused; an `e` that is left out would make 13 of 1e3.
 */
export function belongsToEntry(key: string): boolean {
  return /^[0-9+\-−.,'’ \u00a0\u202feE]$/.test(key);
}

function refuse(reason: TypedCounterReason, sign: string, digits: string, base: number): ParsedEntry {
  switch (reason) {
    case "empty":
      return { kind: "unfinished", reason: sign === "+" ? "add how much?" : "take off how much?" };
    case "range":
      return refused(
        sign === "" ? `must be between 0 and ${formatCount(counterMaximum)}` : outOfRange(base, sign, digits),
      );
    case "point":
      return refused(`type ${digits.replaceAll(".", "")} without the point`);
    case "exponent":
      return refused("write the number out, without e");
    case "plus":
    case "minus":
    case "grouped":
    case "fraction":
    case "text":
      return refused("must be a whole number");
  }
}

function outOfRange(base: number, sign: string, amount: string): string {
  const isBelow = sign !== "+";
  const sum = `${formatCount(base)} ${isBelow ? "−" : "+"} ${amount}`;
  return isBelow ? `${sum} is below 0` : `${sum} is above ${formatCount(counterMaximum)}`;
}

function refused(reason: string): { readonly kind: "refused"; readonly reason: string } {
  return { kind: "refused", reason };
}
