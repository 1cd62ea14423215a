import type { QueryOption } from "../options/query-options.ts";

/** The URL of the page that a token leads to, with every other option as the request had it. */
export function nextLink(collection: string, options: readonly QueryOption[], skipToken: string): string {
  const kept = options.filter(({ name }) => name !== "$skiptoken").map(({ raw }) => raw);
  return `${collection}?${[...kept, `$skiptoken=${skipToken}`].join("&")}`;
}
