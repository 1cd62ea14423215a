import { graphError } from "@install-summary/core";
import { visibleText } from "@install-summary/core/text";
import { GraphErrorWithHeaders } from "../http/response.ts";
import type { TokenClaims } from "./token.ts";

/** The sender of a request, as a verified token names it. */
export interface Caller {
  /** In lower case. */
  readonly tenantId: string;
  /** A name for the change log. */
  readonly actor: string;
  /** A user through an app, an app on its own, or a token that only resembles an app's, such as an ID token. */
  readonly kind: "user" | "application" | "unproven";
  /** The scopes of a user's token, the app roles of an application's. */
  readonly permissions: readonly string[];
}

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

/** What a request does. */
export type Access = "read" | "write";

const permissions = {
  read: ["DeviceManagementApps.Read.All", "DeviceManagementApps.ReadWrite.All"],
  write: ["DeviceManagementApps.ReadWrite.All"],
} as const;

/** Throws the 403 for a caller who may not do this. */
export function authorize(
  caller: Caller,
  access: Access,
  { allowApplication, readOnly }: { readonly allowApplication: boolean; readonly readOnly: boolean },
): void {
  if (caller.kind === "unproven" || (caller.kind === "application" && !allowApplication)) {
    throw graphError(
      "Forbidden",
      "Application is not authorized to perform this operation as called in app only context but does not have application permissions configured.",
    );
  }
  const sufficient = permissions[access];
  if (!sufficient.some((permission) => caller.permissions.includes(permission))) {
    throw new GraphErrorWithHeaders(
      graphError(
        "Forbidden",
        `Application is not authorized to perform this operation. Application must have one of the following scopes: ${sufficient.join(", ")}`,
      ),
      { "WWW-Authenticate": `Bearer error="insufficient_scope", scope="${sufficient.join(" ")}"` },
    );
  }
  if (readOnly && access === "write") {
    throw graphError("Forbidden", "The service is read-only.", { innerCode: "serviceReadOnly" });
  }
}

/** The name that people know a user by. It is shown and recorded, and decides nothing. */
function userName({ preferred_username, upn, unique_name, oid, sub }: TokenClaims): string {
  return shorten(preferred_username ?? upn ?? unique_name ?? oid ?? sub ?? "unknown user");
}

/** As it can be stored anywhere and shown: control characters as symbols, no half of a pair. */
function shorten(text: string): string {
  return visibleText(text, 256);
}
