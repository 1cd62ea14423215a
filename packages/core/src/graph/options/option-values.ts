import { isSameName } from "../../text/ascii-case.ts";
import { visibleText } from "../../text/visible-text.ts";
import { invalidQueryOption } from "./query-options.ts";

/** The value of an option, parsed where there is one. */
export function parsed<Value>(text: string | undefined, parse: (text: string) => Value): Value | undefined {
  return text === undefined ? undefined : parse(text);
}

/** Parses a number of apps. Throws `GraphError` 400. */
export function parseSize(name: "$top" | "$skip", text: string): number {
  if (/^[0-9]{1,15}$/.test(text)) return Number(text);
  throw invalidValue(name, text, "requires a non-negative integer value");
}

/** Parses `true` or `false`, in any case. Throws `GraphError` 400. */
export function parseFlag(name: string, text: string): boolean {
  if (isSameName(text, "true")) return true;
  if (isSameName(text, "false")) return false;
  throw invalidValue(name, text, "requires true or false");
}

function invalidValue(name: string, text: string, rule: string): Error {
  return invalidQueryOption(
    `Invalid value '${visibleText(text, 64)}' for ${name} query option found. The ${name} query option ${rule}.`,
  );
}
