import { parseETagVersion } from "../http/etag.ts";
import { graphError, type GraphError } from "../http/graph-error.ts";
import type { ReadSummary } from "../outcome/judge-outcome.ts";
import type { OutgoingRequest, TextResponse } from "./transport.ts";
import { parseChangesResponse } from "./responses.ts";
import { randomRequestId } from "./options.ts";
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

/** The request for the latest changes of the app. */
type LogRequest = Pick<OutgoingRequest, "url" | "headers" | "signal">;

/**
 * Looks a change up in the log of a facade. Undefined where nothing has followed its version, or nothing certain is known:
 * the server has no log, it cannot be read or does not reach back, or a gateway gives requests ids of its own. Rejects
 * where `signal` ends it.
 */
export async function findRecord(
  send: (call: OutgoingRequest) => Promise<TextResponse>,
  { url, headers, signal }: LogRequest,
  { ifMatch, clientRequestId }: SentChange,
): Promise<ChangeRecord | undefined> {
  const version = parseETagVersion(ifMatch);
  if (version === undefined) return undefined;
  const ownId = randomRequestId();
  const call = {
    method: "GET",
    url,
    headers: { ...headers, "client-request-id": ownId },
    signal,
    retry: 0,
  } as const;
  try {
    const response = await send(call);
    // The id of the change would have been replaced too.
    if (response.clientRequestId !== ownId) return undefined;
    const { changes } = parseChangesResponse(response);
    const next = changes.find((change) => change.version === version + 1);
    if (next === undefined) return undefined;
    return next.clientRequestId === clientRequestId ? "applied" : "notApplied";
  } catch {
    signal?.throwIfAborted();
    return undefined;
  }
}
