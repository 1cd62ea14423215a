/**
 * A JSON value that a response must hold, member by member. `"…"` matches what no contract can know:
 *
 * - as a value: any value; inside a text: any text in its place, an empty one too;
 * - as the name of a member: further members are allowed;
 * - as an element of an array: any number of further elements are allowed, anywhere, so `["…"]` is any array. The other
 *   elements must each match an element of their own, in any order.
 *
 * Where only the kind of a value is known, a wildcard matches any value of that kind: `"{count}"` a counter's value,
 * `"{guid}"` an id, `"{etag}"` an ETag, `"{text}"` a text that is not empty. `{base}`, at the beginning of a text, is
 * the base URL of the request; where the `Response` has no URL, any base URL matches.
 *
 * `"{new etag:NAME}"` and `"{new guid:NAME}"` capture a value under a name of letters and digits; it must differ from
 * every value that was captured before. `{new text:NAME}` captures any text, and may be the end of a longer one. From
 * then on `{etag:NAME}`, `{guid:NAME}` and `{text:NAME}` are the captured value. Headers are compared in the same way.
 */
export type ExpectedJson =
  | string
  | number
  | boolean
  | null
  | readonly ExpectedJson[]
  | { readonly [name: string]: ExpectedJson };

/** Whether an expected value is an array. */
export function isList(value: ExpectedJson): value is readonly ExpectedJson[] {
  return Array.isArray(value);
}
