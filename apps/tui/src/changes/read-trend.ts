import { readChangesPage, type ChangeLogClient } from "./change-log.ts";
import { trendDays, type Trend } from "./trend.ts";

/** The maximum number of changes that a trend is made of: a busier app's trend begins later. */
const maxChanges = 1000;

/** Creates the function that reads what is known of an app's numbers over the last days before `now`, in milliseconds. */
export function createTrendReader(
  client: ChangeLogClient,
  signal: AbortSignal,
): (appId: string, now: number) => Promise<Trend> {
  let begin: Promise<number> | undefined;

  return async (appId, now) => {
    const since = now - trendDays * 24 * 60 * 60 * 1000;
    const query = { appId, since: new Date(since).toISOString(), top: maxChanges, signal };
    begin ??= readBegin().catch((error: unknown) => {
      begin = undefined;
      throw error;
    });
    const [{ changes, hasMore }, logBegin] = await Promise.all([readChangesPage(client, query), begin]);
    const oldest = changes.at(-1);
    const from = hasMore && oldest !== undefined ? Date.parse(oldest.changedAt) : since;
    return { changes, knownSince: Math.max(from, logBegin) };
  };

  /** The moment at which the log begins: nothing is known from before it. Only an operator removes changes from it. */
  async function readBegin(): Promise<number> {
    for await (const { changedAt } of client.changes({ top: 1, signal })) return Date.parse(changedAt);
    return Number.POSITIVE_INFINITY;
  }
}
