import { invalidQueryOption, parseQuery } from "@install-summary/core/service";
import { nearestName, visibleText } from "@install-summary/core/text";

/**
 * Picks the options of a query by their names, which are compared with case. Throws `GraphError` 400 for any other name and
 * for a repeated one.
 */
export function pickOptions(query: string, names: readonly string[]): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const { written, value } of parseQuery(query)) {
    const shown = visibleText(written, 64);
    if (!names.includes(written)) {
      const near = nearestName(written, names);
      const help = near === undefined ? `Supported are ${names.join(", ")}.` : `Did you mean '${near}'?`;
      throw invalidQueryOption(`The query parameter '${shown}' is not supported. ${help}`);
    }
    if (values.has(written)) {
      throw invalidQueryOption(
        `Query option '${shown}' was specified more than once, but it must be specified at most once.`,
      );
    }
    values.set(written, value);
  }
  return values;
}

/** Picks one of some values. Throws `GraphError` 400 for any other text. */
export function oneOf<Value extends string>(name: string, known: readonly Value[], text: string): Value {
  const value = known.find((one) => one === text);
  if (value !== undefined) return value;
  throw invalidValue(name, text, `Use one of ${known.join(", ")}.`);
}

/** The 400 for a value of an option, with help. */
export function invalidValue(name: string, text: string, help: string): Error {
  return invalidQueryOption(`The value '${visibleText(text, 64)}' of '${name}' is not valid. ${help}`);
}
