import { applyPatch, type InstallSummary } from "@install-summary/core";
import type { InstallSummaryClient } from "@install-summary/core/client";
import { parseETagVersion } from "@install-summary/core/text";
import { isNoChangeLogError } from "./change-log.ts";
import type { KnownApp } from "../words/known-app.ts";

/**
 * The summary of an app as it was at an older version, by taking its later changes back in the change log. Undefined where
 * the server has no log, or one that does not reach back to the version.
 */
export async function readBaseAt(
  client: Pick<InstallSummaryClient, "changes">,
  { id, etag, installSummary }: KnownApp,
  olderEtag: string,
  signal: AbortSignal,
): Promise<InstallSummary | undefined> {
  const [now, wanted] = [parseETagVersion(etag), parseETagVersion(olderEtag)];
  if (now === undefined || wanted === undefined || wanted >= now) return undefined;
  let summary = installSummary;
  let expected = now;
  try {
    for await (const change of client.changes({ appId: id, order: "desc", signal })) {
      // Changes that were made since the app was read.
      if (change.version > now) continue;
      if (change.version !== expected) return undefined;
      summary = applyPatch(summary, change.before);
      expected -= 1;
      if (expected === wanted) return summary;
    }
  } catch (error) {
    if (!isNoChangeLogError(error)) throw error;
  }
  return undefined;
}
