import { asciiLowerCase } from "./ascii-lower-case.ts";
import { splitOutsideQuotes } from "./split-outside-quotes.ts";

/** A media type, or a range of them, with its parameters. Everything is in lower case. */
export interface MediaType {
  /** Such as `application/json`. */
  readonly name: string;
  readonly parameters: ReadonlyMap<string, string>;
}

/** Reads `application/json;charset="utf-8"`. What is no media type has a name that equals none. Source: RFC 9110 §8.3.1. */
export function parseMediaType(text: string): MediaType {
  const [name = "", ...rest] = splitOutsideQuotes(asciiLowerCase(text), ";");
  const parameters = new Map<string, string>();
  for (const parameter of rest) {
    const at = parameter.indexOf("=");
    if (at > 0) parameters.set(parameter.slice(0, at).trim(), unquote(parameter.slice(at + 1).trim()));
  }
  return { name, parameters };
}

/** The text inside of double quotes, where there are some. */
export function unquote(text: string): string {
  const [, inside] = /^"(.*)"$/s.exec(text) ?? [];
  return inside === undefined ? text : inside.replace(/\\(.)/gs, "$1");
}
