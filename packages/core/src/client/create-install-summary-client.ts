import { parseAppId } from "../app-id.ts";
import { parseETags } from "../etag.ts";
import { graphError } from "../graph-error.ts";
import { parsePatch } from "../parse-patch.ts";
import type {
  ClientOptions,
  InstallSummaryClient,
  ListedApp,
  ListedPage,
  ListOptions,
  PagesOptions,
  ReadSummary,
  RequestOptions,
  UpdateOptions,
} from "./install-summary-client.ts";
import { invalidAnswer, readApp, readPage, readSummary } from "./read-answer.ts";
import { createTransport } from "./transport.ts";

/** Makes a client of the server at `baseUrl`. Nothing is sent yet. */
export function createInstallSummaryClient(options: ClientOptions): InstallSummaryClient {
  const base = readBaseUrl(options.baseUrl);
  const send = createTransport(options);

  return { get, getApp, list, pages, update };

  async function get(appId: string, { signal }: RequestOptions = {}): Promise<ReadSummary> {
    const id = parseAppId(appId);
    return readSummary(await send({ method: "GET", url: summaryUrl(id), signal }), id);
  }

  async function getApp(appId: string, { signal }: RequestOptions = {}): Promise<ListedApp> {
    const id = parseAppId(appId);
    const url = urlOf(`/${id}`, { expand: "installSummary" });
    return readApp(await send({ method: "GET", url, signal }), id);
  }

  async function* list(listOptions: ListOptions = {}): AsyncGenerator<ListedApp> {
    for await (const page of pages(listOptions)) yield* page.apps;
  }

  async function* pages({ search, top, count, signal }: PagesOptions = {}): AsyncGenerator<ListedPage> {
    const words = search?.trim();
    let url: URL | undefined = urlOf("", {
      expand: "installSummary",
      top: top?.toString(),
      search: words === "" ? undefined : words,
      count: count === true ? "true" : undefined,
    });
    while (url !== undefined) {
      const answer = await send({ method: "GET", url, signal });
      const { next, ...page } = readPage(answer);
      yield page;
      // The token goes with every request, so a link must not lead it to another server.
      if (next !== undefined && next.origin !== base.origin) {
        throw invalidAnswer(answer, `its @odata.nextLink leads to another origin, ${next.origin}`);
      }
      if (next?.href === url.href)
        throw invalidAnswer(answer, "its @odata.nextLink leads to the same page again");
      url = next;
    }
  }

  async function update(
    appId: string,
    patch: Parameters<InstallSummaryClient["update"]>[1],
    updateOptions: UpdateOptions = {},
  ): Promise<ReadSummary> {
    const id = parseAppId(appId);
    const answer = await send({
      method: "PATCH",
      url: summaryUrl(id),
      body: parsePatch(patch, { id }),
      headers: { "if-match": readIfMatch(updateOptions), "install-summary-origin": updateOptions.origin },
      signal: updateOptions.signal,
    });
    // Services of Graph may answer a PATCH without a body; what holds then is read.
    return answer.status === 204 ? get(id, { signal: updateOptions.signal }) : readSummary(answer, id);
  }

  function summaryUrl(id: string): URL {
    return urlOf(`/${id}/installSummary`, {});
  }

  function urlOf(path: string, query: Readonly<Record<string, string | undefined>>): URL {
    const url = new URL(`deviceAppManagement/mobileApps${path}`, base);
    const parts = Object.entries(query).map(([name, value]) =>
      value === undefined ? [] : [`$${name}=${encodeURIComponent(value)}`],
    );
    url.search = parts.flat().join("&");
    return url;
  }
}

function readBaseUrl(text: string): URL {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new TypeError(
      `The base URL '${text}' is no http or https URL. It looks like http://127.0.0.1:8420/beta.`,
    );
  }
  if (url.username !== "" || url.password !== "") {
    throw new TypeError("A base URL must hold no user name and no password: the token says who asks.");
  }
  url.search = "";
  url.hash = "";
  if (!url.pathname.endsWith("/")) url.pathname += "/";
  return url;
}

function readIfMatch(options: UpdateOptions): string | undefined {
  if (!("ifMatch" in options)) return undefined;
  if (options.ifMatch === undefined) {
    throw graphError(
      "PreconditionRequired",
      "The change cannot be guarded: there is no ETag, since the host sent none. Leave ifMatch out to let the last writer win.",
    );
  }
  parseETags(options.ifMatch);
  return options.ifMatch.trim();
}
