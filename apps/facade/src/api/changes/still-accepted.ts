import { AccessError, type Authenticate, type Exchange } from "@install-summary/core/service";

/**
 * Makes what tells whether the token of a request is still accepted, for a response that goes on for long: the clock may
 * jump, and the issuer may remove the key of its signature. A key that cannot be looked for now decides nothing.
 */
export function watchAcceptance(
  authenticate: Authenticate,
  { headers, connection }: Pick<Exchange, "headers" | "connection">,
): () => Promise<boolean> {
  return async () => {
    try {
      await authenticate(headers.get("authorization"), connection);
      return true;
    } catch (error) {
      return !(error instanceof AccessError);
    }
  };
}
