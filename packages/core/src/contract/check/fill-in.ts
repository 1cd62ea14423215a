import type { ExpectedJson } from "../format/golden-pair.ts";

/** What the placeholders of a pair stand for. */
export interface Fillings {
  /** In lower case. */
  readonly appId: string;
  /** What was captured, by its name. */
  readonly captured: Map<string, string>;
  /** What stood before the path in the URL of the request, where that is known. */
  readonly base?: string;
}

/** A text of a pair with its placeholders filled in; what is not known stays. */
export function fillIn(text: string, { appId, captured, base = "{base}" }: Fillings): string {
  return text
    .replaceAll("{appId}", appId)
    .replaceAll("{base}", () => base)
    .replaceAll(
      /\{(?:etag|guid|text):([A-Za-z0-9]+)\}/g,
      (placeholder, name: string) => captured.get(name) ?? placeholder,
    );
}

/** The same inside the text of a JSON document, where quotes are escaped. */
export function fillInJson(text: string, { captured, ...rest }: Fillings): string {
  const escaped = [...captured].map(([name, value]) => [name, JSON.stringify(value).slice(1, -1)] as const);
  return fillIn(text, { ...rest, captured: new Map(escaped) });
}

/** A value with its placeholders filled in. */
export function fillInValue(value: ExpectedJson, fillings: Fillings): ExpectedJson {
  const filled: ExpectedJson = JSON.parse(fillInJson(JSON.stringify(value), fillings));
  return filled;
}
