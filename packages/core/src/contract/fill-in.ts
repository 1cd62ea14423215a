import type { ExpectedJson } from "./golden-pair.ts";

/** What the placeholders of a pair stand for. */
export interface Fillings {
  /** In lower case. */
  readonly appId: string;
  readonly etags: Map<string, string>;
  /** What stood before the path in the URL of the request, where that is known. */
  readonly base?: string;
}

/** A text of a pair with its placeholders filled in; what is not known stays. */
export function fillIn(text: string, { appId, etags, base = "{base}" }: Fillings): string {
  return text
    .replaceAll("{appId}", appId)
    .replaceAll("{base}", () => base)
    .replaceAll(/\{etag:([a-z]+)\}/g, (placeholder, name: string) => etags.get(name) ?? placeholder);
}

/** The same inside the text of a JSON document, where quotes are escaped. */
export function fillInJson(text: string, { etags, ...rest }: Fillings): string {
  const escaped = [...etags].map(([name, etag]) => [name, JSON.stringify(etag).slice(1, -1)] as const);
  return fillIn(text, { ...rest, etags: new Map(escaped) });
}

/** A value with its placeholders filled in. */
export function fillInValue(value: ExpectedJson, fillings: Fillings): ExpectedJson {
  const filled: ExpectedJson = JSON.parse(fillInJson(JSON.stringify(value), fillings));
  return filled;
}

/** The first placeholder of an ETag that is still there. */
export function findMissingETag(texts: readonly string[]): string | undefined {
  return texts.map((text) => /\{etag:([a-z]+)\}/.exec(text)?.[1]).find((name) => name !== undefined);
}
