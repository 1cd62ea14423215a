/** Any value of one kind, where no contract can know the value itself. */
export interface Wildcard {
  /** The kind of value, in words. */
  readonly description: string;
  readonly matches: (found: unknown) => boolean;
}

// RFC 9110 §8.8.3, weak and not empty.
const entityTag = /^W\/"[\x21\x23-\x7e\x80-\xff]+"$/;
const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,7})?Z$/;
const guid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/** The wildcards by the texts that an expected value writes for them. */
export const wildcards: ReadonlyMap<string, Wildcard> = new Map([
  [
    "{count}",
    {
      description: "a whole number from 0 to 2147483647",
      matches: (found) =>
        typeof found === "number" && Number.isInteger(found) && found >= 0 && found <= 2147483647,
    },
  ],
  [
    "{text}",
    { description: "a non-empty text", matches: (found) => typeof found === "string" && found !== "" },
  ],
  [
    "{text or null}",
    { description: "a text or null", matches: (found) => typeof found === "string" || found === null },
  ],
  ["{boolean}", { description: "true or false", matches: (found) => typeof found === "boolean" }],
  [
    "{time}",
    {
      description: "a time in UTC such as 2024-09-30T13:47:10Z",
      matches: (found) => typeof found === "string" && time.test(found),
    },
  ],
  [
    "{guid}",
    {
      description: "a GUID in lower case",
      matches: (found) => typeof found === "string" && guid.test(found),
    },
  ],
  [
    "{etag}",
    {
      description: 'one weak ETag such as W/"7"',
      matches: (found) => typeof found === "string" && entityTag.test(found),
    },
  ],
]);
