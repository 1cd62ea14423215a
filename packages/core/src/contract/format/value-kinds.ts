/** What a value is known to be where the value itself is not known. */
export interface ValueKind {
  /** What it must be, in words. */
  readonly words: string;
  readonly includes: (found: unknown) => boolean;
}

// RFC 9110 §8.8.3, weak and not empty.
const entityTag = /^W\/"[\x21\x23-\x7e\x80-\xff]+"$/;
const guid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/** Whether a text is exactly one ETag as the contract has them. */
export function isETag(found: unknown): boolean {
  return typeof found === "string" && entityTag.test(found);
}

/** The kinds by the placeholders that stand for them. */
export const valueKinds: ReadonlyMap<string, ValueKind> = new Map([
  [
    "{count}",
    {
      words: "a whole number from 0 to 2147483647",
      includes: (found) =>
        typeof found === "number" && Number.isInteger(found) && found >= 0 && found <= 2147483647,
    },
  ],
  ["{text}", { words: "a text", includes: (found) => typeof found === "string" && found !== "" }],
  [
    "{guid}",
    { words: "a GUID in lower case", includes: (found) => typeof found === "string" && guid.test(found) },
  ],
  ["{etag}", { words: 'one ETag such as W/"7"', includes: isETag }],
]);
