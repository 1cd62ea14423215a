import { graphError } from "@install-summary/core";
import { GraphErrorWithHeaders } from "../http/response.ts";

const challenge = 'Bearer realm=""';

/** The 401 for a request without a token. */
export function missingToken(): GraphErrorWithHeaders {
  return emptyToken(
    "Microsoft's clients leave the Authorization header out on plain HTTP and for hosts that they do not know.",
  );
}

/** The 401 for a token without the word before it. */
export function missingScheme(): GraphErrorWithHeaders {
  return emptyToken("Write the word Bearer and a blank before the token: Authorization: Bearer eyJ….");
}

function emptyToken(help: string): GraphErrorWithHeaders {
  return new GraphErrorWithHeaders(
    graphError("InvalidAuthenticationToken", `Access token is empty. ${help}`),
    { "WWW-Authenticate": challenge },
  );
}

/** The 401 for a token that is not accepted: a message of the contract, optionally followed by help. */
export function invalidToken(message: string, help?: string): GraphErrorWithHeaders {
  const error = graphError("InvalidAuthenticationToken", help === undefined ? message : `${message} ${help}`);
  return new GraphErrorWithHeaders(error, {
    "WWW-Authenticate": `${challenge}, error="invalid_token", error_description="${message}"`,
  });
}
