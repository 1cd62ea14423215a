/** Throws `RangeError` for a value that is no whole number from `minimum` to `maximum`; names the option. */
export function requireWhole(name: string, value: number, minimum: number, maximum: number): number {
  if (Number.isInteger(value) && value >= minimum && value <= maximum) return value;
  throw new RangeError(`${name} must be a whole number from ${minimum} to ${maximum}, not ${value}.`);
}
