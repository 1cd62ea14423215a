import { asciiLowerCase } from "../../http/ascii-case.ts";
import { splitOutsideQuotes, unquote } from "../../http/media-type.ts";

/** What a request would like but does not demand. */
export interface Preferences {
  readonly return?: "minimal" | "representation";
  readonly maxPageSize?: number;
}

const noPreferences: Preferences = {};

/** Reads a `Prefer` header; what it does not understand is ignored, and of two wishes the first counts. Source: RFC 7240. */
export function readPrefer(header: string | null): Preferences {
  if (header === null) return noPreferences;
  const wishes = new Map<string, string>();
  for (const preference of splitOutsideQuotes(asciiLowerCase(header), ",")) {
    const [, name, value] = /^(?:odata\.)?([a-z]+)\s*=\s*([^;]*)/.exec(preference) ?? [];
    if (name !== undefined && value !== undefined && !wishes.has(name))
      wishes.set(name, unquote(value.trim()));
  }
  const wanted = wishes.get("return");
  const size = wishes.get("maxpagesize") ?? "";
  return {
    ...((wanted === "minimal" || wanted === "representation") && { return: wanted }),
    ...(/^0*[1-9][0-9]{0,8}$/.test(size) && { maxPageSize: Number(size) }),
  };
}
