/** A whole number as it was written. */
export interface WholeNumber {
  readonly isNegative: boolean;
  /** Its digits without zeros at either end; empty for zero. */
  readonly digits: string;
  /** How many zeros follow the digits. */
  readonly zeros: number;
}

const form = /^(-?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]+))?$/;

/**
 * Parses the text of a JSON number exactly: `4.0`, `40e-1` and `1e3` are whole, `4.0000000000000000001` is not, although
 * as a double it is 4. Undefined for a fraction. No power is computed, however long the exponent is.
 */
export function parseWholeNumber(text: string): WholeNumber | undefined {
  const [, sign, whole = "", fraction = "", exponent = "0"] = form.exec(text) ?? [];
  if (sign === undefined) return undefined;
  const isNegative = sign === "-";
  const written = (whole + fraction).replace(/^0+/, "");
  if (written === "") return { isNegative, digits: "", zeros: 0 };
  const digits = trimTrailingZeros(written);
  const zeros = Number(exponent) - fraction.length + (written.length - digits.length);
  return zeros < 0 ? undefined : { isNegative, digits, zeros };
}

/** A regular expression would start again at each zero, which is slow for a million of them. */
function trimTrailingZeros(digits: string): string {
  let end = digits.length;
  while (digits[end - 1] === "0") end -= 1;
  return digits.slice(0, end);
}
