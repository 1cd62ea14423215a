import type * as z from "zod/mini";
import { isRoundedNumber } from "../text/exact-json.ts";
import { formatValue } from "../text/format-value.ts";
import { visibleText } from "../text/visible-text.ts";

/** What is wrong with a value of a response, as the rest of a sentence that names it: what came, and what it must be. */
export function describeFault(issue: z.core.$ZodRawIssue): string {
  const came = issue.input === undefined ? "is missing" : `is ${describeValue(issue.input)}`;
  const rule = ruleOf(issue);
  return rule === undefined ? came : `${came}; it must be ${rule}`;
}

/** Where a value of a response is, as the beginning of a sentence; the body as a whole has no path. */
export function describePlace(path: readonly PropertyKey[]): string {
  const place = path.map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`)).join("");
  return place === "" ? "it" : `its ${visibleText(place.replace(/^\./, ""), 100)}`;
}

function describeValue(value: unknown): string {
  if (isRoundedNumber(value)) return visibleText(value.text, 64);
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" && value !== null ? "an object" : formatValue(value);
}

/** Undefined for a kind of issue that no schema of a response has. */
function ruleOf(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === "invalid_type") return types[issue.expected];
  if (issue.code === "too_small") return `${issue.minimum} or more`;
  if (issue.code === "too_big") return `${issue.maximum} or less`;
  if (issue.code === "invalid_format") return formats[issue.format];
  return issue.code === "invalid_value" ? issue.values.map(String).join(" or ") : undefined;
}

const types: Readonly<Record<string, string>> = {
  number: "a whole number",
  int: "a whole number",
  string: "a text",
  boolean: "true or false",
  array: "a list",
  object: "an object",
};

const formats: Readonly<Record<string, string>> = { guid: "a GUID", url: "a URL" };
