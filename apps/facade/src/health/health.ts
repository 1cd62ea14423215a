import { graphError } from "@install-summary/core";
import { type PlainResponse, type Store, textResponse } from "@install-summary/core/service";

/** What `/livez` responds with. */
export const livenessText = "ok\n";

/** GET /livez: the process responds. */
export function livenessResponse(): PlainResponse {
  return textResponse(livenessText);
}

/** What `/readyz` asks. */
export interface ReadinessParts {
  readonly store: Pick<Store, "check">;
  /** Throws the 503 while no token can be verified. */
  readonly checkIssuer: () => void;
  /** Whether the service is shutting down. */
  readonly isClosing: boolean;
}

/** GET /readyz: requests can be served. Throws the 503 that says which part is not ready. */
export async function readReadiness({
  store,
  checkIssuer,
  isClosing,
}: ReadinessParts): Promise<PlainResponse> {
  if (isClosing) throw graphError("ServiceUnavailable", "The service is shutting down.", { retryAfter: 5 });
  checkIssuer();
  await store.check();
  return textResponse("ok\n");
}
