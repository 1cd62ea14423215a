import { graphError } from "@install-summary/core";
import { GraphErrorWithHeaders } from "../http/response.ts";

const challenge = 'Bearer realm=""';

/** The 401 for a request without a token. */
export function missingToken(): GraphErrorWithHeaders {
  const message =
    "Access token is empty. Microsoft's clients leave the Authorization header out on plain HTTP and for hosts that they do not know.";
  return new GraphErrorWithHeaders(graphError("InvalidAuthenticationToken", message), {
    "WWW-Authenticate": challenge,
  });
}

/** The 401 for a token that is not accepted: a message of the contract, optionally followed by help. */
export function invalidToken(message: string, help?: string): GraphErrorWithHeaders {
  const error = graphError("InvalidAuthenticationToken", help === undefined ? message : `${message} ${help}`);
  return new GraphErrorWithHeaders(error, {
    "WWW-Authenticate": `${challenge}, error="invalid_token", error_description="${message}"`,
  });
}
