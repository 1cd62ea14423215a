import { visibleText } from "@install-summary/core/text";
import type { Caller } from "@install-summary/core/service";
import type { TokenClaims } from "./token.ts";

/** Makes the caller of the claims of a verified token. */
export function toCaller(claims: TokenClaims, tenantId: string): Caller {
  const { idtyp, scp, roles = [], oid, sub } = claims;
  if (idtyp !== "app" && scp !== undefined) {
    return { tenantId, actor: userName(claims), kind: "user", permissions: scp.split(" ") };
  }
  const isApplication = idtyp === "app" || (oid !== undefined && oid === sub);
  const actor = shorten(claims.azp ?? claims.appid ?? oid ?? sub ?? "unknown application");
  return { tenantId, actor, kind: isApplication ? "application" : "unproven", permissions: roles };
}

/** The name that people know a user by. It is shown and recorded, and decides nothing. */
function userName({ preferred_username, upn, unique_name, oid, sub }: TokenClaims): string {
  return shorten(preferred_username ?? upn ?? unique_name ?? oid ?? sub ?? "unknown user");
}

/** As it can be stored anywhere and shown: control characters as symbols, no half of a pair. */
function shorten(text: string): string {
  return visibleText(text, 256);
}
