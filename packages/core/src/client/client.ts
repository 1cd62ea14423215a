import { parseAppId } from "../resource/app-id.ts";
import type { InstallSummaryPatch } from "../resource/install-summary.ts";
import { parsePatch } from "../patch/parse-patch.ts";
import { createDryRun } from "./dry-run.ts";
import { editSummary } from "./edit.ts";
import type {
  ClientOptions,
  InstallSummaryClient,
  ListedApp,
  ListedPage,
  ListOptions,
  PagesOptions,
  ReadSummary,
  RequestOptions,
  UpdatedSummary,
  UpdateOptions,
} from "./types.ts";
import { acknowledged, invalidAnswer, readApp, readPage, readSummary } from "./responses.ts";
import { readBaseUrl } from "./options.ts";
import { readIfMatch } from "./read-if-match.ts";
import { sendOrSettle } from "./update.ts";
import { createTransport, type Call } from "./transport.ts";

/** Makes a client of the server at `baseUrl`. Nothing is sent yet. */
export function createInstallSummaryClient(options: ClientOptions): InstallSummaryClient {
  const base = readBaseUrl(options.baseUrl);
  const send = createTransport(options);
  const dryRun = createDryRun(send);

  return {
    get,
    getApp,
    list,
    pages,
    update,
    edit: (appId, change, editOptions = {}) => editSummary({ get, update }, appId, change, editOptions),
  };

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
    const seen = new Set<string>();
    while (url !== undefined) {
      seen.add(url.href);
      const answer = await send({ method: "GET", url, signal });
      const { next, ...page } = readPage(answer);
      yield page;
      // The token goes with every request, so a link must not lead it to another server.
      if (next !== undefined && next.origin !== base.origin) {
        throw invalidAnswer(answer, `its @odata.nextLink leads to another origin, ${next.origin}`);
      }
      if (next !== undefined && (next.username !== "" || next.password !== "")) {
        throw invalidAnswer(answer, "its @odata.nextLink holds a user name or a password");
      }
      if (next !== undefined && seen.has(next.href)) {
        throw invalidAnswer(answer, "its @odata.nextLink leads to a page again that was read already");
      }
      url = next;
    }
  }

  async function update(
    appId: string,
    patch: InstallSummaryPatch,
    updateOptions: UpdateOptions = {},
  ): Promise<UpdatedSummary> {
    const id = parseAppId(appId);
    const { signal, origin, lostAnswer } = updateOptions;
    const body = parsePatch(patch, { id });
    const ifMatch = readIfMatch(updateOptions);
    const headers = { "if-match": ifMatch, "install-summary-origin": origin };
    const call: Call = { method: "PATCH", url: summaryUrl(id), body, headers, signal };
    if (updateOptions.dryRun === true) return dryRun(call, id);

    const read = (): Promise<ReadSummary> => get(id, { signal });
    const sendOnce = async (): Promise<ReadSummary> => {
      const answer = await send(call);
      if (answer.status !== 204) return readSummary(answer, id);
      // Services of Graph may answer a PATCH without a body; what holds then is read.
      return read().catch((error: unknown) => {
        throw signal?.aborted === true ? error : acknowledged(answer, error);
      });
    };
    if (lostAnswer === "throw") return sendOnce();
    return sendOrSettle({ patch: body, ifMatch, signal, send: sendOnce, read });
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
