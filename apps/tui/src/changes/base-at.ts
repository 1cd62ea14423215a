import { applyPatch, counterNames, type CounterName, type InstallSummary } from "@install-summary/core";
import type { InstallSummaryClient, ListedChange } from "@install-summary/core/client";
import { parseETagVersion } from "@install-summary/core/text";
import { isNoChangeLogError } from "./change-log.ts";
import type { KnownApp } from "../words/known-app.ts";

type LogClient = Pick<InstallSummaryClient, "changes">;

/**
 * The summary of an app as it was at an older version, by taking its later changes back in the change log. Undefined where
 * the server has no log, or one that does not reach back to the version.
 */
export async function readBaseAt(
  client: LogClient,
  app: KnownApp,
  olderEtag: string,
  signal: AbortSignal,
): Promise<InstallSummary | undefined> {
  const changes = await readChangesSince(client, app, olderEtag, signal);
  return changes?.reduce((summary, { before }) => applyPatch(summary, before), app.installSummary);
}

/**
 * The counters that others have set since an older version, also where their values are back by now. Undefined where no log
 * tells, as for `readBaseAt`.
 */
export async function readSetByOthers(
  client: LogClient,
  app: KnownApp,
  olderEtag: string,
  signal: AbortSignal,
): Promise<readonly CounterName[] | undefined> {
  const changes = await readChangesSince(client, app, olderEtag, signal);
  const others = changes?.filter(({ mine }) => mine !== true);
  return others && counterNames.filter((name) => others.some(({ after }) => after[name] !== undefined));
}

/** The changes between an older version of an app and the one that was read, the latest first. */
async function readChangesSince(
  client: LogClient,
  { id, etag }: KnownApp,
  olderEtag: string,
  signal: AbortSignal,
): Promise<readonly ListedChange[] | undefined> {
  const [now, wanted] = [parseETagVersion(etag), parseETagVersion(olderEtag)];
  if (now === undefined || wanted === undefined || wanted >= now) return undefined;
  const found: ListedChange[] = [];
  try {
    for await (const change of client.changes({ appId: id, order: "desc", signal })) {
      // Changes that were made since the app was read.
      if (change.version > now) continue;
      if (change.version !== now - found.length) return undefined;
      found.push(change);
      if (change.version === wanted + 1) return found;
    }
  } catch (error) {
    if (!isNoChangeLogError(error)) throw error;
  }
  return undefined;
}
