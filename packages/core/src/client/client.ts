import type { ChangeLimits } from "../outcome/change-state.ts";
import { parseAppId } from "../resource/app-id.ts";
import { copyMembers } from "../text/members.ts";
import type { ListOptions, PagesOptions, RequestOptions } from "./call-options.ts";
import { createChangeCalls } from "./change-calls.ts";
import { readChanges } from "./changes.ts";
import { checkOptions, checkToken } from "./check-options.ts";
import type { ClientOptions } from "./client-options.ts";
import { editSummary } from "./edit.ts";
import { parseBaseUrl } from "./options.ts";
import { createOwnIds } from "./own-ids.ts";
import { followPages } from "./pages.ts";
import { parseAppResponse, parseSummaryResponse } from "./responses.ts";
import { whileWanted } from "./timing.ts";
import { createTransport, maxPageSize, maxRetryWait } from "./transport.ts";
import type { GotApp, GotSummary, InstallSummaryClient, ListedApp, ListedPage } from "./types.ts";
import { appsUrl, summaryUrl } from "./urls.ts";

/** Creates a client for the server at `baseUrl`. Nothing is sent yet. */
export function createInstallSummaryClient(options: ClientOptions): InstallSummaryClient {
  checkOptions("createInstallSummaryClient", options);
  checkToken(options.token);
  const base = parseBaseUrl(options.baseUrl);
  const transport = createTransport(options);
  const { send } = transport;
  const tries = (options.retry ?? 3) + 1;
  const alone = createOwnIds();
  const limits: ChangeLimits = { sends: tries, looks: tries, repeats: 1, pause: 500, maxWait: maxRetryWait };
  const changeCalls = createChangeCalls(send, base, limits);

  return {
    get,
    getApp,
    list,
    pages,
    changes: (changesOptions) => readChanges(transport, base, changesOptions),
    ...changeCalls,
    edit: (appId, change, editOptions = {}) =>
      alone(appId, editOptions, () =>
        editSummary({ get, update: changeCalls.update }, appId, change, editOptions),
      ),
  };

  async function get(appId: string, getOptions: RequestOptions = {}): Promise<GotSummary> {
    checkOptions("get", getOptions);
    const { signal, headers } = getOptions;
    const id = parseAppId(appId);
    return parseSummaryResponse(
      await send({ method: "GET", url: summaryUrl(base, id), signal, headers }),
      id,
    );
  }

  async function getApp(appId: string, getOptions: RequestOptions = {}): Promise<GotApp> {
    checkOptions("getApp", getOptions);
    const { signal, headers } = getOptions;
    const id = parseAppId(appId);
    const url = appsUrl(base, `/${id}`, { expand: "installSummary" });
    return parseAppResponse(await send({ method: "GET", url, signal, headers }), id);
  }

  async function* list(listOptions: ListOptions = {}): AsyncGenerator<ListedApp> {
    checkOptions("list", listOptions);
    for await (const page of pages(listOptions)) yield* whileWanted(page.apps, listOptions.signal);
  }

  async function* pages(pagesOptions: PagesOptions = {}): AsyncGenerator<ListedPage> {
    checkOptions("pages", pagesOptions);
    const { search, top, count, signal, headers } = pagesOptions;
    const words = search?.trim();
    const first = appsUrl(base, "", {
      expand: "installSummary",
      top: top?.toString(),
      search: words === "" ? undefined : words,
      count: count === true ? "true" : undefined,
    });
    const sent = copyMembers(headers);
    yield* followPages(first, (url) =>
      send({ method: "GET", url, signal, headers: sent, maxSize: maxPageSize }),
    );
  }
}
