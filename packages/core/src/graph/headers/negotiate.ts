import { graphError, type GraphError } from "../../http/graph-error.ts";
import { visibleText } from "../../text/visible-text.ts";
import { asciiLowerCase } from "../../text/ascii-case.ts";
import type { HeaderReader } from "../../http/header-reader.ts";
import {
  isUtf8,
  parseMediaType,
  splitOutsideQuotes,
  unquote,
  type MediaType,
} from "../exchange/media-type.ts";

/** How much control information a JSON response carries. Source: OData JSON Format 4.01 §3.1. */
export type MetadataLevel = "none" | "minimal" | "full";

/** What a request prefers but does not demand. */
export interface Preferences {
  readonly return?: "minimal" | "representation";
  readonly maxPageSize?: number;
}

/**
 * Agrees with the caller on the form of the response. Throws `GraphError` 400 for a request that is not made for OData
 * 4, and 406 where JSON is not accepted.
 */
export function negotiate(
  headers: HeaderReader,
  format?: string,
): { readonly metadata: MetadataLevel; readonly prefer: Preferences } {
  checkODataVersion(headers);
  const metadata = parseAccept(acceptOf(headers), format);
  return { metadata, prefer: parsePrefer(headers.get("prefer")) };
}

/** Throws `GraphError` 400 for a request of another version. Source: OData Protocol 4.01 §8.1.5, §8.2.7. */
export function checkODataVersion(headers: HeaderReader): void {
  const version = versionOf(headers, "odata-version");
  if (version !== undefined && version !== "4.0" && version !== "4.01") {
    throw graphError(
      "BadRequest",
      `The OData-Version '${visibleText(version, 64)}' is not supported. Use 4.0.`,
    );
  }
  const maximum = versionOf(headers, "odata-maxversion");
  if (maximum !== undefined && !(/^[0-9]+(?:\.[0-9]+)?$/.test(maximum) && Number(maximum) >= 4)) {
    throw graphError(
      "BadRequest",
      `The OData-MaxVersion '${visibleText(maximum, 64)}' is not supported. Responses are of version 4.0.`,
    );
  }
}

/** A version without the agent that Microsoft's .NET client names behind it: `4.0;NetFx`. */
function versionOf(headers: HeaderReader, name: string): string | undefined {
  return headers.get(name)?.split(";", 1)[0]?.trim();
}

/** The `Accept` header; null where its list is empty, which means the same as none. Source: RFC 9110 §12.5.1. */
export function acceptOf(headers: HeaderReader): string | null {
  const header = headers.get("accept");
  return header !== null && /[^ \t,]/.test(header) ? header : null;
}

/** The metadata level of an `Accept` header, or of `$format`, which overrides it. Throws `GraphError` 406. */
export function parseAccept(header: string | null, format?: string): MetadataLevel {
  if (format !== undefined) return parseFormat(format);
  // What nearly every client sends.
  if (header === null || header === "*/*" || header === "application/json") return "minimal";
  const best = findBest(header, ["application/json", "application/*", "*/*"]);
  if (best !== undefined && best.quality > 0) return best.level;
  throw notAcceptable();
}

/** Checks that an `Accept` header takes plain text, or JSON as a list would be. Throws `GraphError` 406. */
export function checkAcceptsText(header: string | null): void {
  const best = header === null ? undefined : findBest(header, ["text/plain", "text/*"]);
  if (best === undefined || best.quality === 0) parseAccept(header);
}

/** Checks that an `Accept` header, or `$format` in its place, takes XML. Throws `GraphError` 406. */
export function checkAcceptsXml(header: string | null, format?: string): void {
  const wanted = format === undefined ? header : format.replace(/^xml(?=;|$)/i, "application/xml");
  if (wanted === null) return;
  const best = findBest(wanted, ["application/xml", "application/*", "*/*"]);
  if (best === undefined || best.quality === 0) throw notAcceptable("application/xml");
}

/** The range that decides of those in a header: the more specific one. Source: RFC 9110 §12.5.1. */
function findBest(header: string, names: readonly string[]): Range | undefined {
  const ranges = splitOutsideQuotes(header, ",").map(parseMediaType);
  for (const name of names) {
    // `application/json;q=0, */*` refuses JSON.
    const [best] = ranges
      .flatMap((range) => parseRange(range, name))
      .toSorted((a, b) => b.quality - a.quality);
    if (best !== undefined) return best;
  }
  return undefined;
}

function parseFormat(format: string): MetadataLevel {
  const type = parseMediaType(format);
  const name = type.name === "json" ? "application/json" : type.name;
  const [range] = parseRange({ ...type, name }, "application/json");
  if (range === undefined) throw notAcceptable();
  return range.level;
}

interface Range {
  readonly level: MetadataLevel;
  readonly quality: number;
}

/** The range, or nothing where it has another name or asks for a form that is not served. */
function parseRange(type: MediaType, wanted: string): readonly Range[] {
  const { name, parameters } = type;
  if (name !== wanted) return [];
  const level = parameters.get("odata.metadata") ?? parameters.get("metadata") ?? "minimal";
  const quality = Number(parameters.get("q") ?? "1");
  const isServed = isLevel(level) && isUtf8(type) && quality >= 0 && quality <= 1;
  return isServed ? [{ level, quality }] : [];
}

function isLevel(text: string): text is MetadataLevel {
  return text === "minimal" || text === "none" || text === "full";
}

function notAcceptable(type = "application/json"): GraphError {
  return graphError("NotAcceptable", `Only ${type} can be served.`, {
    innerCode: "invalidAcceptType",
  });
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
