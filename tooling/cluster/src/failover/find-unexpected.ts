import type { SeenResponse } from "./watch-responses.ts";

/** What was not as the contract has it: an error that a client may not retry, or one without the time when to. */
export function findUnexpected(responses: readonly SeenResponse[]): readonly SeenResponse[] {
  return responses.filter(({ method, status, retryAfter }) => {
    if (status === 503 || status === 504) return !/^[1-9]\d*$/.test(retryAfter ?? "");
    return status !== (method === "GET" ? 200 : 404);
  });
}
