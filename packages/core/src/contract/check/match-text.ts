import { withoutCapture } from "./captures.ts";
import { valueKinds } from "../format/value-kinds.ts";

const absoluteUrl = /^https?:\/\/[^/?#]/;

/** Stands for whatever no contract can know. */
export const anything: string = "…";

/** Whether a value is what an expected text stands for: any value, one of a kind, or a text that is like it. */
export function isLike(found: unknown, expected: string): boolean {
  const open = withoutCapture(expected);
  if (open === anything) return true;
  const kind = valueKinds.get(open);
  return kind === undefined ? typeof found === "string" && matchesText(found, open) : kind.includes(found);
}

/** What an expected text stands for, as differences name it. */
export function inWords(expected: string, show: (text: string) => string): string {
  const open = withoutCapture(expected);
  return valueKinds.get(open)?.words ?? show(open);
}

/** Whether a text is as expected, where `…` stands for any text, and `{base}` in front for any base URL. */
export function matchesText(found: string, expected: string): boolean {
  if (expected.startsWith("{base}")) {
    return absoluteUrl.test(found) && matchesText(found, expected.replace("{base}", anything));
  }
  const [start = "", ...parts] = expected.split(anything);
  const end = parts.pop();
  if (end === undefined) return found === start;
  if (!found.startsWith(start)) return false;
  let at = start.length;
  for (const part of parts) {
    const next = found.indexOf(part, at);
    if (next === -1) return false;
    at = next + part.length;
  }
  return found.length - at >= end.length && found.endsWith(end);
}
