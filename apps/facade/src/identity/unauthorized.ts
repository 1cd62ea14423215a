import { graphError } from "@install-summary/core";
import { Refusal } from "../http/refusal.ts";

const challenge = 'Bearer realm=""';

/** The 401 for a request that comes without a token. */
export function missingToken(): Refusal {
  const message =
    "Access token is empty. Microsoft's clients leave the Authorization header out on plain HTTP and for hosts that they do not know.";
  return new Refusal(graphError("InvalidAuthenticationToken", message), { "WWW-Authenticate": challenge });
}

/** The 401 for a token that does not hold. The message is one of the contract's, help may follow. */
export function invalidToken(message: string, help?: string): Refusal {
  const error = graphError("InvalidAuthenticationToken", help === undefined ? message : `${message} ${help}`);
  return new Refusal(error, {
    "WWW-Authenticate": `${challenge}, error="invalid_token", error_description="${message}"`,
  });
}
