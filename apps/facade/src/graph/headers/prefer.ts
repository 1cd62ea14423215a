import { asciiLowerCase } from "../../http/ascii-case.ts";
import { splitOutsideQuotes, unquote } from "../../http/media-type.ts";

/** What a request prefers but does not demand. */
export interface Preferences {
  readonly return?: "minimal" | "representation";
  readonly maxPageSize?: number;
}

const noPreferences: Preferences = {};

/** Parses a `Prefer` header. Unknown preferences are ignored, and of a repeated one the first counts. Source: RFC 7240. */
export function parsePrefer(header: string | null): Preferences {
  if (header === null) return noPreferences;
  const preferences = new Map<string, string>();
  for (const preference of splitOutsideQuotes(asciiLowerCase(header), ",")) {
    const [, name, value] = /^(?:odata\.)?([a-z]+)\s*=\s*([^;]*)/.exec(preference) ?? [];
    if (name !== undefined && value !== undefined && !preferences.has(name))
      preferences.set(name, unquote(value.trim()));
  }
  const wanted = preferences.get("return");
  const size = preferences.get("maxpagesize") ?? "";
  return {
    ...((wanted === "minimal" || wanted === "representation") && { return: wanted }),
    ...(/^0*[1-9][0-9]{0,8}$/.test(size) && { maxPageSize: Number(size) }),
  };
}
