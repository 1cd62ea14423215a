import { randomUUID } from "node:crypto";

/** The names of one request in answers and logs. */
export interface RequestIds {
  readonly requestId: string;
  /** The caller's own name for it, or the same as `requestId`. */
  readonly clientRequestId: string;
}

/** Gives a request its ids; of the caller's only one that is printable and of at most 128 characters is kept. */
export function createRequestIds(clientRequestId: string | null): RequestIds {
  const requestId = randomUUID();
  if (clientRequestId === null) return { requestId, clientRequestId: requestId };
  const isUsable = /^[\x20-\x7e]{1,128}$/.test(clientRequestId);
  return { requestId, clientRequestId: isUsable ? clientRequestId : randomUUID() };
}
