import { isGraphError } from "../http/graph-error.ts";
import { isNoResponseError } from "../http/no-response-error.ts";
import { parseAppId } from "../resource/app-id.ts";
import type { ChangesOptions } from "./call-options.ts";
import { requireWhole } from "./options.ts";
import { parseChangesResponse, type ChangesPage } from "./responses.ts";
import { pause } from "./timing.ts";
import { maxRetryWait, type Transport } from "./transport.ts";
import type { ListedChange } from "./types.ts";

type Query = Readonly<Record<string, string | undefined>>;

/** Reads a change log page by page, and with `follow` goes on asking for what has come since. */
export async function* readChanges(
  send: Transport,
  base: URL,
  options: ChangesOptions = {},
): AsyncGenerator<ListedChange> {
  const { appId, actor, origin, order = "asc", follow = false, signal, top } = options;
  const every = requireWhole("every", options.every ?? 1000, 1, maxRetryWait);
  const filter: Query = {
    appId: appId === undefined ? undefined : parseAppId(appId),
    actor,
    origin,
    since: formatTime(options.since),
    until: formatTime(options.until),
    top: top?.toString(),
  };
  const headers = { ...options.headers };
  const read = async (query: Query): Promise<ChangesPage> =>
    parseChangesResponse(await send({ method: "GET", url: urlOf(base, query), headers, signal }));

  let { after } = options;
  // From now on: after the latest change that is there.
  if (follow && after === undefined) {
    after = (await read({ order: "desc", top: "1" })).changes[0]?.cursor;
  }
  for (let failures = 0; ;) {
    try {
      const page = await read({ ...filter, order: follow ? "asc" : order, after });
      failures = 0;
      yield* page.changes;
      const isEnd = page.changes.length === 0 || page.next === undefined;
      if (isEnd && !follow) return;
      after = page.next ?? after;
      if (isEnd) await pause(every, signal);
    } catch (error) {
      if (!follow || !isTemporary(error)) throw error;
      failures += 1;
      await pause(Math.min(every * 2 ** failures, maxRetryWait), signal);
    }
  }
}

/** Whether the server may be there again later. */
function isTemporary(error: unknown): boolean {
  if (isGraphError(error)) return error.status === 429 || error.status >= 500;
  return isNoResponseError(error);
}

function formatTime(time: Date | string | undefined): string | undefined {
  return time instanceof Date ? time.toISOString() : time;
}

/** The log is beside the versions of the contract: `/api` where that is `/beta`. */
function urlOf(base: URL, query: Query): URL {
  const url = new URL("../api/changes", base);
  for (const [name, value] of Object.entries(query))
    if (value !== undefined) url.searchParams.set(name, value);
  return url;
}
