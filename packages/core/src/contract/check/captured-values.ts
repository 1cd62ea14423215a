import { visibleText } from "../../text/visible-text.ts";
import type { GoldenPair } from "../format/golden-pair.ts";

const placeholder = /\{(new )?(etag|guid|text|opaque):([^{}]*)\}/g;
const captureAtEnd = /\{new (etag|guid|text):([A-Za-z0-9]+)\}$/;

/** An expected text with a wildcard in place of a capture. */
export function withoutCapture(expected: string): string {
  return expected.replace(captureAtEnd, (whole, kind: string) => (whole === expected ? `{${kind}}` : "…"));
}

/** The names of the texts that a run has captured: a text may have any value, and none has to be new beside it. */
const textNames = new WeakMap<Map<string, string>, Set<string>>();

function textsOf(captured: Map<string, string>): Set<string> {
  const known = textNames.get(captured) ?? new Set();
  textNames.set(captured, known);
  return known;
}

/**
 * Stores the value that an expected text captures, out of a text that matches it. Returns a sentence where the value
 * must be new and is one that was captured before.
 */
export function capture(
  found: unknown,
  expected: string,
  where: string,
  captured: Map<string, string>,
): readonly string[] {
  const match = captureAtEnd.exec(expected);
  if (match === null || typeof found !== "string") return [];
  const [, kind, name = ""] = match;
  const start = expected.slice(0, match.index).replace("{base}", "");
  const value = found.slice(found.indexOf(start) + start.length);
  const texts = textsOf(captured);
  const isEarlier = ([other, known]: readonly [string, string]): boolean =>
    known === value && other !== name && !texts.has(other);
  const [earlier] = [...captured].find(isEarlier) ?? [];
  if (kind !== "text" && earlier !== undefined) {
    return [`${where} must be new but is ${visibleText(value, 64)}, as '${earlier}' was`];
  }
  captured.set(name, value);
  if (kind === "text") texts.add(name);
  return [];
}

/**
 * A sentence for a value that a pair needs and no earlier pair has captured. Throws for a pair that captures under a
 * malformed name.
 */
export function findMissingCapture(
  { name: pair, request, expected }: GoldenPair,
  captured: ReadonlyMap<string, string>,
): string | undefined {
  const used = [...JSON.stringify([request, expected]).matchAll(placeholder)];
  const names = new Set(captured.keys());
  for (const [, isNew, , name = ""] of used) {
    if (!/^[A-Za-z0-9]+$/.test(name)) {
      throw new Error(`The pair '${pair}' captures under '${name}': a name has letters and digits only.`);
    }
    if (isNew !== undefined) names.add(name);
  }
  const [, , , missing] = used.find(([, , , name = ""]) => !names.has(name)) ?? [];
  if (missing === undefined) return undefined;
  return `the value '${missing}' was never captured: an earlier pair failed or was left out`;
}
