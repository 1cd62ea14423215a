import { isChangeId } from "../http/change-id.ts";
import { formatETag, parseETagVersion } from "../http/etag.ts";
import { graphError, isGraphError, type GraphError } from "../http/graph-error.ts";
import type { ReadSummary } from "../outcome/judge-outcome.ts";
import { throwIfAborted } from "../outcome/unsent-errors.ts";
import { hasOtherValues } from "../patch/judge-repetition.ts";
import { maxPageSize, type OutgoingRequest, type Send } from "./transport.ts";
import { parseChangesResponse } from "./responses.ts";
import type { FoundRecord, ListedChange, SentChange } from "./types.ts";

/** The 412 that the log stands for, as a server which keeps a record gives it where the change is sent again. */
export function notAppliedError({ etag }: ReadSummary): GraphError {
  const now = etag === undefined ? "" : ` It is ${etag} now.`;
  return graphError(
    "PreconditionFailed",
    `Someone else has changed the summary before this change arrived, so it was not applied.${now}`,
    { notApplied: true, currentETag: etag },
  );
}

/** The pages behind the first: that has the latest 100 changes, and each of these 1,000. */
const lastPage = 10;

/**
 * The statuses that come again: 501, and each 4xx but 401, 403, 408 and 429. A host has no such log, or a gateway refuses a patch
 * of nothing by itself, whatever it says to that. Any other failure may pass.
 */
const final = /^(?:501|4(?!0[138]|29))/;

/** Where the latest changes of the app are, or those after a cursor, and its summary, and how they are asked for. */
export interface RecordPlace extends Pick<OutgoingRequest, "headers" | "signal"> {
  readonly log: (after?: string) => URL;
  readonly summary: URL;
}

/**
 * Looks a change up in the log of a facade. Undefined where nothing has followed its version, or there is nothing to ask: the
 * server has no log, or it does not reach back, more than 10,000 changes have followed, another account has used the id, or a
 * gateway gives requests, or writes alone, ids of its own. Rejects where it could not be asked now, so that asking again may
 * tell, and where `signal` ends it.
 */
export async function findRecord(
  send: Send,
  { log, summary, headers, signal }: RecordPlace,
  { ifMatch, clientRequestId, patch }: SentChange,
): Promise<FoundRecord | undefined> {
  const version = parseETagVersion(ifMatch);
  if (version === undefined) return undefined;
  // The id of the change itself: a gateway may take ids of one form, and replace those of another.
  const call = { headers: { ...headers, "client-request-id": clientRequestId }, signal, retry: 0 } as const;
  try {
    let next: ListedChange | undefined;
    let latest = 0;
    let after: string | undefined;
    for (let page = 0; next === undefined; page += 1) {
      const response = await send({ ...call, method: "GET", url: log(after), maxSize: maxPageSize });
      const { changes, next: older } = parseChangesResponse(response);
      // The id of the change would have been replaced too.
      if (!response.isOwn) return undefined;
      latest ||= changes[0]?.version ?? 0;
      next = changes.find((change) => change.version <= version + 1);
      if (next === undefined && (older === undefined || page === lastPage)) return undefined;
      after = older;
    }
    if (next.version !== version + 1) return undefined;
    const isNamed = next.clientRequestId === clientRequestId;
    // Someone else may have given a change the same id.
    if (isNamed && !next.mine) return undefined;
    if (next.mine && !hasOtherValues(next.after, patch)) {
      if (isNamed) return "applied";
      // A gateway may have replaced the id. One that a client has made names another change.
      if (!isChangeId(next.clientRequestId ?? "")) return "mayBeOwn";
    }
    // A gateway may give ids of its own to writes alone, which no read tells. A patch of nothing, under a version that is
    // over, is a write that changes nothing: the 412 that it must get names the id that has arrived. Of the versions that
    // are over the last one is the cheapest for a server to look up.
    const guarded = { ...call.headers, "if-match": formatETag(latest - 1) };
    await send({ ...call, method: "PATCH", url: summary, headers: guarded, body: {} });
  } catch (error) {
    throwIfAborted(signal);
    if (!isGraphError(error) || !final.test(`${error.status}`)) throw error;
    // Only the 412 to that patch has this, and only where it names its id.
    if (error.notApplied === true) return "notApplied";
  }
  return undefined;
}
