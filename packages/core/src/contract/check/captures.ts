import { visibleText } from "../../text/visible-text.ts";
import type { GoldenPair } from "../format/golden-pair.ts";

const placeholder = /\{(new )?(etag|guid|text):([^{}]*)\}/g;
const atTheEnd = /\{new (etag|guid|text):([A-Za-z0-9]+)\}$/;
const kindNames: Readonly<Record<string, string>> = { etag: "ETag", guid: "id", text: "text" };

/** An expected text with the kind of a value in the place of what is to be captured. */
export function withoutCapture(expected: string): string {
  return expected.replace(atTheEnd, (whole, kind: string) => (whole === expected ? `{${kind}}` : "…"));
}

/** Captures what an expected text asks for out of a text that is like it; a sentence where it must be new and is not. */
export function capture(
  found: unknown,
  expected: string,
  where: string,
  captured: Map<string, string>,
): readonly string[] {
  const match = atTheEnd.exec(expected);
  if (match === null || typeof found !== "string") return [];
  const [, kind, name = ""] = match;
  const start = expected.slice(0, match.index).replace("{base}", "");
  const value = found.slice(found.indexOf(start) + start.length);
  const [earlier] = [...captured].find(([other, known]) => known === value && other !== name) ?? [];
  if (kind !== "text" && earlier !== undefined) {
    return [`${where} must be another than '${earlier}' had, is ${visibleText(value, 64)} again`];
  }
  captured.set(name, value);
  return [];
}

/** Whether a text needs what was not captured. */
export function isUnfilled(expected: string): boolean {
  return /\{(?:etag|guid|text):/.test(expected);
}

/** A sentence for what a pair needs and no pair has captured. Throws for a name that is none. */
export function findMissing(
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
  const [, , kind = "", name] = used.find(([, , , one = ""]) => !names.has(one)) ?? [];
  if (name === undefined) return undefined;
  return `the ${kindNames[kind]} '${name}' was never captured: an earlier pair failed or was left out`;
}
