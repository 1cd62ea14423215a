import { graphError } from "@install-summary/core";
import { textAnswer, type Answer } from "../http/response.ts";
import type { Store } from "../store/store.ts";

/** GET /livez: the process answers. */
export function readLiveness(): Answer {
  return textAnswer("ok\n");
}

/** GET /readyz: requests can be served, so the store is asked something. */
export async function readReadiness(store: Store, isClosing: boolean): Promise<Answer> {
  if (isClosing) throw graphError("ServiceUnavailable", "The service is shutting down.", { retryAfter: 5 });
  await store.isEmpty("any tenant");
  return textAnswer("ok\n");
}
