import { graphError } from "@install-summary/core";
import { parseMediaType, splitOutsideQuotes } from "@install-summary/core/service";

/** A form in which changes are sent. */
export type ChangeFormat = "json" | "csv" | "events";

const formats: readonly (readonly [ChangeFormat, string])[] = [
  ["json", "application/json"],
  ["csv", "text/csv"],
  ["events", "text/event-stream"],
];

/**
 * Agrees on a form by an `Accept` header, or by the option that overrides it. Throws `GraphError` 406. Source: RFC 9110
 * §12.5.1.
 */
export function negotiateFormat(accept: string | null, format: ChangeFormat | undefined): ChangeFormat {
  if (format !== undefined) return format;
  if (accept === null || accept === "*/*" || accept === "application/json") return "json";
  const ranges = splitOutsideQuotes(accept, ",").map(parseMediaType);
  const [best] = formats
    .map(([name, type]) => ({ name, quality: qualityOf(type, ranges) }))
    .filter(({ quality }) => quality > 0)
    .toSorted((one, other) => other.quality - one.quality);
  if (best !== undefined) return best.name;
  const message = "Only application/json, text/csv and text/event-stream can be served.";
  throw graphError("NotAcceptable", message, { innerCode: "invalidAcceptType" });
}

/** The quality that the most specific range gives a type; 0 where no range has it. */
function qualityOf(type: string, ranges: readonly ReturnType<typeof parseMediaType>[]): number {
  const [group = ""] = type.split("/");
  for (const name of [type, `${group}/*`, "*/*"]) {
    const range = ranges.find((one) => one.name === name);
    if (range !== undefined) return Number(range.parameters.get("q") ?? "1") || 0;
  }
  return 0;
}
