import { graphError } from "../../http/graph-error.ts";
import { AccessError } from "./access-error.ts";

/** What a 401 says about getting a token, as Graph does. */
export interface SignInPlace {
  /** The URL of the authorization endpoint. */
  readonly authorizationUri: string;
  /** The id of the application whose tokens are accepted, where it is known. */
  readonly clientId: string | undefined;
}

/** Who issues the tokens that are accepted. */
export interface TokenIssuer {
  /** The web address where callers get a token; undefined for an issuer without one. */
  readonly signIn: SignInPlace | undefined;
}

/** The 401 for a request without a token. */
export function missingToken(issuer: TokenIssuer): AccessError {
  return emptyToken(
    issuer,
    "Microsoft's clients leave the Authorization header out on plain HTTP and for hosts that they do not know.",
  );
}

/** The 401 for a token without the word before it. */
export function missingScheme(issuer: TokenIssuer): AccessError {
  return emptyToken(
    issuer,
    "Write the word Bearer and a blank before the token: Authorization: Bearer eyJ….",
  );
}

function emptyToken(issuer: TokenIssuer, help: string): AccessError {
  const error = graphError("InvalidAuthenticationToken", `Access token is empty. ${help}`);
  return new AccessError("missing", error, { "WWW-Authenticate": challengeOf(issuer) });
}

const messages = {
  malformed: "IDX14100: JWT is not well formed.",
  audience: "Access token validation failure. Invalid audience.",
  issuer: "Access token validation failure. Invalid issuer.",
  signature: "Access token validation failure. Invalid signature.",
  expired: "Lifetime validation failed, the token is expired.",
  early: "Access token is not yet valid.",
} as const;

/** The 401 for a token that is not accepted: the contract's message, optionally followed by help. */
export function invalidToken(issuer: TokenIssuer, fault: keyof typeof messages, help?: string): AccessError {
  const message = messages[fault];
  const error = graphError("InvalidAuthenticationToken", help === undefined ? message : `${message} ${help}`);
  return new AccessError(fault, error, {
    "WWW-Authenticate": `${challengeOf(issuer)}, error="invalid_token", error_description="${message}"`,
  });
}

/** Source: RFC 6750 §3, with the parameters that Graph adds. */
function challengeOf({ signIn }: TokenIssuer): string {
  const challenge = 'Bearer realm=""';
  if (signIn === undefined) return challenge;
  const place = `${challenge}, authorization_uri="${signIn.authorizationUri}"`;
  return signIn.clientId === undefined ? place : `${place}, client_id="${signIn.clientId}"`;
}
