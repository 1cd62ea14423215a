import { parseAppId } from "../resource/app-id.ts";
import type { InstallSummaryPatch } from "../resource/install-summary.ts";
import { copySummary } from "../resource/require-summary.ts";
import { parsePatch } from "../patch/parse-patch.ts";
import type { ChangeLimits } from "../outcome/change-state.ts";
import { copyMembers } from "../text/members.ts";
import { findRecord } from "./change-record.ts";
import { latestChangesUrl, readChanges } from "./changes.ts";
import { checkOptions, checkToken } from "./check-options.ts";
import { createDryRun } from "./dry-run.ts";
import { editSummary, onlySummary } from "./edit.ts";
import { createOwnIds } from "./own-ids.ts";
import { parseBaseUrl, parseIfMatch, randomRequestId } from "./options.ts";
import { followPages } from "./pages.ts";
import {
  changeNotRead,
  changedSummary,
  parseAppResponse,
  parseChangedResponse,
  parseSummaryResponse,
} from "./responses.ts";
import { whileWanted } from "./timing.ts";
import { createTransport, maxPageSize, maxRetryWait, type OutgoingRequest } from "./transport.ts";
import type { ClientOptions } from "./client-options.ts";
import type {
  ListOptions,
  PagesOptions,
  RequestOptions,
  ChangeOptions,
  UpdateOptions,
} from "./call-options.ts";
import type {
  ChangeRecord,
  GotApp,
  GotSummary,
  InstallSummaryClient,
  ListedApp,
  ListedPage,
  SentRequest,
  UpdatedSummary,
} from "./types.ts";
import type { ReadSummary } from "../outcome/judge-outcome.ts";
import { matchesETag } from "../http/etag.ts";
import { driveChange } from "./update.ts";

/** A change to send, with the options of a read that may follow. */
interface ChangeRequest extends OutgoingRequest {
  readonly body: InstallSummaryPatch;
  readonly guard: string | undefined;
  readonly clientRequestId: string;
  readonly read: RequestOptions;
}

/** Creates a client for the server at `baseUrl`. Nothing is sent yet. */
export function createInstallSummaryClient(options: ClientOptions): InstallSummaryClient {
  checkOptions("createInstallSummaryClient", options);
  checkToken(options.token);
  const base = parseBaseUrl(options.baseUrl);
  const transport = createTransport(options);
  const { send } = transport;
  const dryRun = createDryRun(send);
  const tries = (options.retry ?? 3) + 1;
  const alone = createOwnIds();
  const limits: ChangeLimits = { sends: tries, looks: tries, repeats: 1, pause: 500, maxWait: maxRetryWait };

  return {
    get,
    getApp,
    list,
    pages,
    changes: (changesOptions) => readChanges(transport, base, changesOptions),
    update,
    sendOnce,
    findChange,
    edit: (appId, change, editOptions = {}) =>
      alone(appId, editOptions, () => editSummary({ get, update }, appId, change, editOptions)),
  };

  async function get(appId: string, getOptions: RequestOptions = {}): Promise<GotSummary> {
    checkOptions("get", getOptions);
    const { signal, headers } = getOptions;
    const id = parseAppId(appId);
    return parseSummaryResponse(await send({ method: "GET", url: summaryUrl(id), signal, headers }), id);
  }

  async function getApp(appId: string, getOptions: RequestOptions = {}): Promise<GotApp> {
    checkOptions("getApp", getOptions);
    const { signal, headers } = getOptions;
    const id = parseAppId(appId);
    const url = urlOf(`/${id}`, { expand: "installSummary" });
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
    const first = urlOf("", {
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

  async function update(
    appId: string,
    patch: InstallSummaryPatch,
    updateOptions: UpdateOptions = {},
  ): Promise<UpdatedSummary> {
    checkOptions("update", updateOptions);
    const id = parseAppId(appId);
    const call = changeCall(id, patch, updateOptions);
    const { base: given } = updateOptions;
    // The caller may go on to change its object.
    const madeOn = given === undefined ? undefined : copySummary("base of update", given, id);
    if (updateOptions.dryRun === true) return dryRun(call, id);
    const { signal, onStep } = updateOptions;
    return driveChange({
      appId: id,
      change: { patch: call.body, etag: call.guard, base: madeOn },
      limits,
      signal,
      onStep,
      send: () => sendCall(call, id),
      // `nextStep` says how often.
      look: async () => {
        const look: OutgoingRequest = { method: "GET", url: summaryUrl(id), ...call.read, retry: 0 };
        const current = onlySummary(parseSummaryResponse(await send(look), id));
        return { current, record: await recordOf(call, id, current) };
      },
    });
  }

  /** What the log says, where another version is there than the one that guards a change. */
  async function recordOf(
    { guard, clientRequestId, read }: ChangeRequest,
    id: string,
    { etag }: ReadSummary,
  ): Promise<ChangeRecord | undefined> {
    if (guard === undefined || etag === undefined || matchesETag(guard, etag)) return undefined;
    return findChange(id, { ifMatch: guard, clientRequestId }, read);
  }

  async function findChange(
    appId: string,
    sent: SentRequest,
    findOptions: RequestOptions = {},
  ): Promise<ChangeRecord | undefined> {
    checkOptions("findChange", findOptions);
    const { signal } = findOptions;
    const headers = copyMembers(findOptions.headers);
    return findRecord(send, { url: latestChangesUrl(base, parseAppId(appId)), headers, signal }, sent);
  }

  async function sendOnce(
    appId: string,
    patch: InstallSummaryPatch,
    sendOptions: ChangeOptions = {},
  ): Promise<UpdatedSummary> {
    checkOptions("sendOnce", sendOptions);
    const id = parseAppId(appId);
    return sendCall(changeCall(id, patch, sendOptions), id);
  }

  async function sendCall(call: ChangeRequest, id: string): Promise<UpdatedSummary> {
    const response = await send(call);
    if (response.status !== 204) return parseChangedResponse(response, id, call.body);
    // Services of Graph may respond to a PATCH without a body.
    let read: GotSummary;
    try {
      read = await get(id, call.read);
    } catch (error) {
      throw call.read.signal?.aborted === true ? error : changeNotRead(response, error);
    }
    return changedSummary(response, read, call.body);
  }

  function changeCall(id: string, patch: InstallSummaryPatch, sendOptions: ChangeOptions): ChangeRequest {
    const { signal, origin, clientRequestId = randomRequestId() } = sendOptions;
    // The caller may go on to change its object.
    const read = { signal, headers: copyMembers(sendOptions.headers) };
    const guard = parseIfMatch(sendOptions);
    const headers = {
      ...read.headers,
      "if-match": guard,
      "install-summary-origin": origin,
      "client-request-id": clientRequestId,
    };
    const body = parsePatch(patch, { id });
    return {
      method: "PATCH",
      url: summaryUrl(id),
      body,
      headers,
      signal,
      retry: 0,
      guard,
      clientRequestId,
      read,
    };
  }

  function summaryUrl(id: string): URL {
    return urlOf(`/${id}/installSummary`, {});
  }

  function urlOf(path: string, query: Readonly<Record<string, string | undefined>>): URL {
    const url = new URL(`deviceAppManagement/mobileApps${path}`, base);
    const parts = Object.entries(query).flatMap(([name, value]) =>
      value === undefined ? [] : `$${name}=${encodeURIComponent(value)}`,
    );
    url.search = parts.join("&");
    return url;
  }
}
