import { applyPatch, counterNames, type CounterName, type InstallSummary } from "@install-summary/core";
import type { InstallSummaryClient, ListedChange } from "@install-summary/core/client";
import { parseETagVersion } from "@install-summary/core/text";
import { isNoChangeLogError, isSurelyNoChangeLog } from "./change-log.ts";
import type { KnownApp } from "../words/known-app.ts";

type LogClient = Pick<InstallSummaryClient, "changes">;

/** What the change log says of apps since older versions of them. */
export interface LogOfApps {
  /**
   * The summary of an app as it was at an older version, by taking its later changes back. Undefined where the server has no
   * log, or one that does not reach back to the version.
   */
  readonly readBaseAt: (app: KnownApp, olderEtag: string) => Promise<InstallSummary | undefined>;
  /**
   * The counters that others have set since an older version, also where their values are back by now. Undefined where no
   * log tells, as for `readBaseAt`.
   */
  readonly readSetByOthers: (app: KnownApp, olderEtag: string) => Promise<readonly CounterName[] | undefined>;
}

/** Opens the log of a server. One that surely has none is not asked again for the next app. */
export function openLog(client: LogClient, signal: AbortSignal): LogOfApps {
  let isWithoutLog = false;

  /** The changes between an older version of an app and the one that was read, the latest first. */
  const readChangesSince = async (
    { id, etag }: KnownApp,
    olderEtag: string,
  ): Promise<readonly ListedChange[] | undefined> => {
    const [now, wanted] = [parseETagVersion(etag), parseETagVersion(olderEtag)];
    if (isWithoutLog || now === undefined || wanted === undefined || wanted >= now) return undefined;
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
      isWithoutLog ||= isSurelyNoChangeLog(error);
    }
    return undefined;
  };

  return {
    async readBaseAt(app, olderEtag) {
      const changes = await readChangesSince(app, olderEtag);
      return changes?.reduce((summary, { before }) => applyPatch(summary, before), app.installSummary);
    },
    async readSetByOthers(app, olderEtag) {
      const changes = await readChangesSince(app, olderEtag);
      const others = changes?.filter(({ mine }) => mine !== true);
      return others && counterNames.filter((name) => others.some(({ after }) => after[name] !== undefined));
    },
  };
}
