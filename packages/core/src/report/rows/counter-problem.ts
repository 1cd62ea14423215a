import { aCount } from "../../resource/counters.ts";
import type { TypedCounterReason } from "../../resource/typed-counter.ts";
import { visibleText } from "../../text/visible-text.ts";

/** A sentence for a cell that is not the value of a counter, with the value and what to write instead. */
export function describeCounterProblem(column: string, text: string, reason: TypedCounterReason): string {
  const got = reason === "empty" ? "the cell is empty" : `got '${visibleText(text, 64)}'`;
  const help = hints[reason] ?? (/^[0-9]+,[0-9]+$/.test(text) ? withComma : undefined);
  const rule = `${column} must be ${aCount}`;
  return `${rule}; ${got}${help === undefined ? "." : `, ${help}`}`;
}

/** Without the comma `4,0` would be 40. */
const withComma = "which has a decimal comma. Write a whole number.";

const hints: Readonly<Partial<Record<TypedCounterReason, string>>> = {
  point: "which may be a thousand. Write it without the point.",
  grouped: "which has a separator. Write the digits alone.",
  exponent: "which has an exponent. Write the digits in full.",
};
