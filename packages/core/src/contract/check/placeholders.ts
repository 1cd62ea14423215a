import { isList, type ExpectedJson } from "../format/expected-json.ts";

/** The values of the placeholders of a pair. */
export interface PlaceholderValues {
  /** In lower case. */
  readonly appId: string;
  /** The captured values by their names. */
  readonly captured: Map<string, string>;
  /** The base URL of the request, where it is known. */
  readonly base?: string;
}

/** A text of a pair with the values in place of its placeholders. A placeholder without a value stays. */
export function fillIn(text: string, { appId, captured, base = "{base}" }: PlaceholderValues): string {
  return text
    .replaceAll("{appId}", appId)
    .replaceAll("{APPID}", appId.toUpperCase())
    .replaceAll("{base}", () => base)
    .replaceAll(/\{(etag|guid|text|opaque):([A-Za-z0-9]+)\}/g, (placeholder, kind: string, name: string) => {
      const value = captured.get(name);
      return (kind === "opaque" ? value && opaqueTag(value) : value) ?? placeholder;
    });
}

/** What an ETag holds in its quotes. Source: RFC 9110 §8.8.3. */
function opaqueTag(etag: string): string {
  return etag.replace(/^W\/"(.*)"$/s, "$1");
}

/** The same inside the text of a JSON document, where quotes are escaped. */
export function fillInJson(text: string, { captured, ...rest }: PlaceholderValues): string {
  const escaped = [...captured].map(([name, value]) => [name, JSON.stringify(value).slice(1, -1)] as const);
  return fillIn(text, { ...rest, captured: new Map(escaped) });
}

/** An expected value with the values in place of the placeholders in its texts and names. */
export function fillInValue(value: ExpectedJson, values: PlaceholderValues): ExpectedJson {
  if (typeof value === "string") return fillIn(value, values);
  if (typeof value !== "object" || value === null) return value;
  if (isList(value)) return value.map((item) => fillInValue(item, values));
  const members = Object.entries(value);
  return Object.fromEntries(
    members.map(([name, member]) => [fillIn(name, values), fillInValue(member, values)]),
  );
}

/** Whether a text still has the placeholder of a value that was not captured. */
export function hasPlaceholder(text: string): boolean {
  return /\{(?:etag|guid|text|opaque):/.test(text);
}
