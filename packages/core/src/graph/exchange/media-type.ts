import { asciiLowerCase } from "../../text/ascii-case.ts";

/** A media type, or a range of them, with its parameters. Everything is in lower case. */
export interface MediaType {
  /** Such as `application/json`. */
  readonly name: string;
  readonly parameters: ReadonlyMap<string, string>;
}

/** Parses `application/json;charset="utf-8"`. Any text gives a value; a malformed name equals no known one. Source: RFC 9110 §8.3.1. */
export function parseMediaType(text: string): MediaType {
  const [name = "", ...rest] = splitOutsideQuotes(asciiLowerCase(text), ";");
  const parameters = new Map<string, string>();
  for (const parameter of rest) {
    const at = parameter.indexOf("=");
    if (at > 0) parameters.set(parameter.slice(0, at).trim(), unquote(parameter.slice(at + 1).trim()));
  }
  return { name, parameters };
}

/** Whether a media type is of UTF-8, as without a charset. Clients also write `utf8`. */
export function isUtf8({ parameters }: MediaType): boolean {
  const charset = parameters.get("charset");
  return charset === undefined || charset === "utf-8" || charset === "utf8";
}

/** The text inside double quotes, or the text itself where it is not quoted. */
export function unquote(text: string): string {
  const [, inside] = /^"(.*)"$/s.exec(text) ?? [];
  return inside === undefined ? text : inside.replace(/\\(.)/gs, "$1");
}

/** Splits a header's value at each separator outside double quotes, and trims the parts. */
export function splitOutsideQuotes(text: string, separator: "," | ";"): readonly string[] {
  if (!text.includes('"')) return text.split(separator).map((part) => part.trim());
  const parts: string[] = [];
  let part = "";
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '"') quoted = !quoted;
    if (character === separator && !quoted) {
      parts.push(part.trim());
      part = "";
    } else {
      part += character;
      // A quoted pair: the character after a backslash does not end the quoted text.
      if (quoted && character === "\\" && at + 1 < text.length) part += text.charAt((at += 1));
    }
  }
  parts.push(part.trim());
  return parts;
}
