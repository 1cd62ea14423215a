import { wildcards } from "../format/wildcards.ts";
import { withoutCapture } from "./captured-values.ts";

const absoluteUrl = /^https?:\/\/[^/?#]/;

/** Matches what no contract can know. */
export const anything: string = "…";

/** Whether a value is as an expected text says: any value, one of a wildcard's kind, or a text that matches. */
export function matches(found: unknown, expected: string): boolean {
  const open = withoutCapture(expected);
  if (open === anything) return true;
  const wildcard = wildcards.get(open);
  return wildcard === undefined
    ? typeof found === "string" && matchesText(found, open)
    : wildcard.matches(found);
}

/** An expected text as differences name it. */
export function describeExpected(expected: string, show: (text: string) => string): string {
  const open = withoutCapture(expected);
  return wildcards.get(open)?.description ?? show(open);
}

/** Whether a text is as expected, where `…` is any text, and `{base}` at the beginning any base URL. */
export function matchesText(found: string, expected: string): boolean {
  if (expected.startsWith("{base}")) {
    return absoluteUrl.test(found) && matchesText(found, expected.replace("{base}", anything));
  }
  const [start = "", ...parts] = expected.split(anything);
  const end = parts.pop();
  if (end === undefined) return found === start;
  if (!found.startsWith(start)) return false;
  let position = start.length;
  for (const part of parts) {
    const next = found.indexOf(part, position);
    if (next === -1) return false;
    position = next + part.length;
  }
  return found.length - position >= end.length && found.endsWith(end);
}
