import { graphError } from "@install-summary/core";
import { GraphErrorWithHeaders } from "../http/response.ts";
import type { Issuer } from "./issuer.ts";

type TokenSource = Pick<Issuer, "signIn">;

/** The 401 for a request without a token. */
export function missingToken(issuer: TokenSource): GraphErrorWithHeaders {
  return emptyToken(
    issuer,
    "Microsoft's clients leave the Authorization header out on plain HTTP and for hosts that they do not know.",
  );
}

/** The 401 for a token without the word before it. */
export function missingScheme(issuer: TokenSource): GraphErrorWithHeaders {
  return emptyToken(
    issuer,
    "Write the word Bearer and a blank before the token: Authorization: Bearer eyJ….",
  );
}

function emptyToken(issuer: TokenSource, help: string): GraphErrorWithHeaders {
  return new GraphErrorWithHeaders(
    graphError("InvalidAuthenticationToken", `Access token is empty. ${help}`),
    { "WWW-Authenticate": challengeOf(issuer) },
  );
}

/** The 401 for a token that is not accepted: a message of the contract, optionally followed by help. */
export function invalidToken(issuer: TokenSource, message: string, help?: string): GraphErrorWithHeaders {
  const error = graphError("InvalidAuthenticationToken", help === undefined ? message : `${message} ${help}`);
  return new GraphErrorWithHeaders(error, {
    "WWW-Authenticate": `${challengeOf(issuer)}, error="invalid_token", error_description="${message}"`,
  });
}

/** Source: RFC 6750 §3, with the parameters that Graph adds. */
function challengeOf({ signIn }: TokenSource): string {
  const challenge = 'Bearer realm=""';
  if (signIn === undefined) return challenge;
  return `${challenge}, authorization_uri="${signIn.authorizationUri}", client_id="${signIn.clientId}"`;
}
