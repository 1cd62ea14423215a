import { graphError } from "@install-summary/core";
import { type PlainResponse, type Store, textResponse } from "@install-summary/core/service";

/** GET /livez: the process responds. */
export function readLiveness(): PlainResponse {
  return textResponse("ok\n");
}

/** GET /readyz: requests can be served. Throws the 503 while the service shuts down or the store fails. */
export async function readReadiness(store: Store, isClosing: boolean): Promise<PlainResponse> {
  if (isClosing) throw graphError("ServiceUnavailable", "The service is shutting down.", { retryAfter: 5 });
  await store.check();
  return textResponse("ok\n");
}
