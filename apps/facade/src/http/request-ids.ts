import { randomUUID } from "node:crypto";

/** The ids of one request in responses and logs. */
export interface RequestIds {
  /** A fresh GUID. */
  readonly requestId: string;
  /** The caller's own id for the request, or the same as `requestId`. */
  readonly clientRequestId: string;
}

/** Gives a request its ids. The caller's own id is kept if it is printable ASCII of at most 128 characters. */
export function createRequestIds(clientRequestId: string | null): RequestIds {
  const requestId = randomUUID();
  if (clientRequestId === null) return { requestId, clientRequestId: requestId };
  const isUsable = /^[\x20-\x7e]{1,128}$/.test(clientRequestId);
  return { requestId, clientRequestId: isUsable ? clientRequestId : randomUUID() };
}
