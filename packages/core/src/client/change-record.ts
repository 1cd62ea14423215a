import { parseETagVersion } from "../http/etag.ts";
import { graphError, isGraphError, type GraphError } from "../http/graph-error.ts";
import type { ReadSummary } from "../outcome/judge-outcome.ts";
import type { OutgoingRequest, Send } from "./transport.ts";
import { parseChangesResponse } from "./responses.ts";
import type { ChangeRecord, SentChange } from "./types.ts";

/** The 412 that the log stands for, as a server which keeps a record gives it where the change is sent again. */
export function notAppliedError({ etag }: ReadSummary): GraphError {
  const now = etag === undefined ? "" : ` It is ${etag} now.`;
  return graphError(
    "PreconditionFailed",
    `Someone else has changed the summary before this change arrived, so it was not applied.${now}`,
    { notApplied: true, currentETag: etag },
  );
}

/** Where the latest changes of the app are, and its summary, and how they are asked for. */
export interface RecordPlace extends Pick<OutgoingRequest, "headers" | "signal"> {
  readonly log: URL;
  readonly summary: URL;
}

/**
 * Looks a change up in the log of a facade. Undefined where nothing has followed its version, or nothing certain is known:
 * the server has no log, it cannot be read or does not reach back, or a gateway gives requests, or writes alone, ids of its
 * own. Rejects where `signal` ends it.
 */
export async function findRecord(
  send: Send,
  { log, summary, headers, signal }: RecordPlace,
  { ifMatch, clientRequestId }: SentChange,
): Promise<ChangeRecord | undefined> {
  const version = parseETagVersion(ifMatch);
  if (version === undefined) return undefined;
  // The id of the change itself: a gateway may take ids of one form, and replace those of another.
  const call = { headers: { ...headers, "client-request-id": clientRequestId }, signal, retry: 0 } as const;
  try {
    const response = await send({ ...call, method: "GET", url: log });
    // The id of the change would have been replaced too.
    if (response.clientRequestId !== clientRequestId) return undefined;
    const { changes } = parseChangesResponse(response);
    const next = changes.find((change) => change.version === version + 1);
    if (next === undefined) return undefined;
    if (next.clientRequestId === clientRequestId) return "applied";
    // A gateway may give ids of its own to writes alone, which no read tells. A patch of nothing, under a version that is
    // over, is a write that changes nothing: the 412 that it must get names the id that has arrived.
    const guarded = { ...call.headers, "if-match": ifMatch };
    await send({ ...call, method: "PATCH", url: summary, headers: guarded, body: {} });
  } catch (error) {
    signal?.throwIfAborted();
    // Only the 412 to that patch has this, and only where it names its id.
    if (isGraphError(error) && error.notApplied === true) return "notApplied";
  }
  return undefined;
}
