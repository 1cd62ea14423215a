import { parseAppId } from "../resource/app-id.ts";
import { copyMembers } from "../text/members.ts";
import type { ChangesOptions } from "./call-options.ts";
import { checkOptions } from "./check-options.ts";
import { followChanges } from "./follow-changes.ts";
import { requireWhole } from "./options.ts";
import { invalidResponse, parseChangesResponse, type ChangesPage } from "./responses.ts";
import { whileWanted } from "./timing.ts";
import { maxPageSize, maxRetryWait, type OpenResponse, type Transport } from "./transport.ts";
import type { ListedChange } from "./types.ts";

type Query = Readonly<Record<string, string | undefined>>;

/** Reads a change log page by page, and with `follow` goes on with what is changed from then on. */
export async function* readChanges(
  transport: Transport,
  base: URL,
  options: ChangesOptions = {},
): AsyncGenerator<ListedChange> {
  checkOptions("changes", options);
  const { appId, actor, origin, order = "asc", follow = false, signal, top } = options;
  const every = requireWhole("every", options.every ?? 1000, 1, maxRetryWait);
  const subject: Query = {
    appId: appId === undefined ? undefined : parseAppId(appId),
    actor,
    origin,
  };
  const filter: Query = {
    ...subject,
    since: formatTime(options.since),
    until: formatTime(options.until),
    top: top?.toString(),
  };
  const headers = copyMembers(options.headers);
  const asked = new Set<string | undefined>();
  const read = async (query: Query): Promise<ChangesPage> => {
    const url = urlOf(base, query);
    const response = await transport.send({ method: "GET", url, headers, signal, maxSize: maxPageSize });
    const page = parseChangesResponse(response);
    asked.add(query["after"]);
    // After a page without changes the cursor may stay as it is, and nothing led back until here.
    if (page.changes.length === 0) asked.clear();
    else if (page.next !== undefined && asked.has(page.next))
      throw invalidResponse(response, "its next leads back to a page that was already read");
    return page;
  };

  let { after } = options;
  if (follow) {
    // From now on: after the latest change that is there.
    if (after === undefined && options.since === undefined)
      after = (await read({ order: "desc", top: "1" })).changes[0]?.cursor;
    const readPage = async (cursor: string | undefined): Promise<ChangesPage> => {
      const page = await read({ ...filter, order: "asc", after: cursor });
      if (page.isOlderRemoved) options.onOlderRemoved?.();
      return page;
    };
    const open = (cursor: string | undefined): Promise<OpenResponse> =>
      transport.open({
        method: "GET",
        url: urlOf(base, { ...subject, after: cursor }),
        headers: { ...headers, accept: "text/event-stream" },
        signal,
        // Without a stream pages are read meanwhile, and later it is asked for again.
        retry: 0,
      });
    yield* followChanges({ readPage, open }, after, { ...copyMembers(options), every });
    return;
  }
  for (;;) {
    const page = await read({ ...filter, order, after });
    if (page.isOlderRemoved) options.onOlderRemoved?.();
    yield* whileWanted(page.changes, signal);
    if (page.changes.length === 0 || page.next === undefined) return;
    after = page.next;
  }
}

function formatTime(time: Date | string | undefined): string | undefined {
  return time instanceof Date ? time.toISOString() : time;
}

/**
 * The URL of the latest changes of an app: as many as may have been made while a change was on its way. Those `after` a cursor
 * are older, and ten times as many.
 */
export function latestChangesUrl(base: URL, appId: string, after?: string): URL {
  return urlOf(base, { appId, order: "desc", top: after === undefined ? "100" : "1000", after });
}

/** The log is beside the versions of the contract: `/api` where that is `/beta`. */
function urlOf(base: URL, query: Query): URL {
  const url = new URL("../api/changes", base);
  for (const [name, value] of Object.entries(query))
    if (value !== undefined) url.searchParams.set(name, value);
  return url;
}
