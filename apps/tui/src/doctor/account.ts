import { readTokenClaims, textClaim } from "../server/token-claims.ts";

/** Whose token it is, as it says itself. */
export interface Account {
  readonly user: string | null;
  readonly name: string | null;
  readonly tenant: string | null;
  readonly audience: string | null;
  readonly scopes: readonly string[];
  /** Whether it is an application's, with no person behind it. */
  readonly application: boolean;
  /** When it expires, as RFC 3339. */
  readonly expires: string | null;
}

/** The account that a token names; undefined for a token of another form. Source: Microsoft's access token claims reference. */
export function readAccount(token: string): Account | undefined {
  const claims = readTokenClaims(token);
  if (claims === undefined) return undefined;
  const text = (...names: readonly string[]): string | null =>
    names.flatMap((name) => textClaim(claims, name) ?? [])[0] ?? null;
  const scp = text("scp");
  const roles = claims.get("roles");
  const given = scp?.split(" ") ?? (Array.isArray(roles) ? roles.map(String) : []);
  const [audience] = [claims.get("aud")].flat();
  const expires = claims.get("exp");
  return {
    user: text("preferred_username", "upn", "unique_name", "email", "oid", "sub"),
    name: text("name"),
    tenant: text("tid"),
    audience: typeof audience === "string" ? audience : null,
    scopes: given.filter((scope) => scope !== ""),
    application: scp === null && Array.isArray(roles),
    expires: typeof expires === "number" ? new Date(expires * 1000).toISOString() : null,
  };
}
