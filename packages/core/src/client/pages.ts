import { invalidResponse, parsePageResponse } from "./responses.ts";
import type { TextResponse } from "./transport.ts";
import type { ListedPage } from "./types.ts";

/** A server that filters a page after it was cut may send an empty one, but not for ever. */
const maxEmpty = 100;

/**
 * Reads the first page and each one that its link leads to, when it is reached. Throws `ClientError` for a link that leads
 * to another origin, contains a password, or leads back to a page that was read, and for the
 * hundredth page in a row without an app.
 */
export async function* followPages(
  first: URL,
  send: (url: URL) => Promise<TextResponse>,
): AsyncGenerator<ListedPage> {
  const seen = new Set<string>();
  let empty = 0;
  let url: URL | undefined = first;
  while (url !== undefined) {
    seen.add(url.href);
    const response = await send(url);
    const { next, ...page } = parsePageResponse(response);
    yield next === undefined ? { ...page, isLast: true } : page;
    const fault = next === undefined ? undefined : checkLink(next, first, seen);
    if (fault !== undefined) throw invalidResponse(response, `its @odata.nextLink ${fault}`);
    empty = page.apps.length === 0 ? empty + 1 : 0;
    if (empty >= maxEmpty && next !== undefined)
      throw invalidResponse(
        response,
        `it is the page number ${maxEmpty} in a row without an app, and names one more`,
      );
    url = next;
  }
}

function checkLink(next: URL, first: URL, seen: ReadonlySet<string>): string | undefined {
  // The token goes with every request, so a link must not lead it to another server.
  if (next.origin !== first.origin) return otherOrigin(next);
  if (next.username !== "" || next.password !== "") return "contains a user name or password";
  return seen.has(next.href) ? "leads back to a page that was already read" : undefined;
}

function otherOrigin({ origin }: URL): string {
  return (
    `leads to another origin, ${origin}, and is not followed. If a proxy is in front of the server, tell the server ` +
    "under which origin it is reached: a facade by its setting publicUrl or proxies"
  );
}
