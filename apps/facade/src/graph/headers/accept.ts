import { graphError, type GraphError } from "@install-summary/core";
import { parseMediaType, splitOutsideQuotes, type MediaType } from "../../http/media-type.ts";

/** How much control information a JSON answer carries. Source: OData JSON Format 4.01 §3.1. */
export type MetadataLevel = "none" | "minimal" | "full";

/**
 * Decides the metadata level of a JSON answer from an `Accept` header, or from `$format`, which wins over it.
 * Throws `GraphError` 406 where JSON is not wanted.
 */
export function readAccept(header: string | null, format?: string): MetadataLevel {
  if (format !== undefined) return readFormat(format);
  // What nearly every client sends.
  if (header === null || header === "*/*" || header === "application/json") return "minimal";
  const ranges = splitOutsideQuotes(header, ",").map(parseMediaType);
  // The more specific range has the word (RFC 9110 §12.5.1): `application/json;q=0, */*` refuses JSON.
  for (const name of ["application/json", "application/*", "*/*"]) {
    const [best] = ranges
      .flatMap((range) => readRange(range, name))
      .toSorted((a, b) => b.quality - a.quality);
    if (best !== undefined) {
      if (best.quality > 0) return best.level;
      break;
    }
  }
  throw notAcceptable();
}

function readFormat(format: string): MetadataLevel {
  const type = parseMediaType(format);
  const name = type.name === "json" ? "application/json" : type.name;
  const [range] = readRange({ ...type, name }, "application/json");
  if (range === undefined) throw notAcceptable();
  return range.level;
}

interface Range {
  readonly level: MetadataLevel;
  readonly quality: number;
}

/** The range, or nothing where it has another name or asks for what cannot be served. */
function readRange({ name, parameters }: MediaType, wanted: string): readonly Range[] {
  if (name !== wanted) return [];
  const level = parameters.get("odata.metadata") ?? parameters.get("metadata") ?? "minimal";
  const charset = parameters.get("charset") ?? "utf-8";
  const quality = Number(parameters.get("q") ?? "1");
  const isServed = isLevel(level) && charset === "utf-8" && quality >= 0 && quality <= 1;
  return isServed ? [{ level, quality }] : [];
}

function isLevel(text: string): text is MetadataLevel {
  return text === "minimal" || text === "none" || text === "full";
}

function notAcceptable(): GraphError {
  return graphError("NotAcceptable", "Only application/json can be served.", {
    innerCode: "invalidAcceptType",
  });
}
