import { graphError } from "../../http/graph-error.ts";
import type { MaybePromise } from "../exchange/response.ts";
import { AccessError } from "./access-error.ts";

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
  /** Until when the token is accepted, in milliseconds since 1970; absent where it does not expire. */
  readonly expiresAt?: number;
}

/**
 * Finds the caller who sends an `Authorization` header on a connection. Throws the 401, and the 403 for personal accounts.
 */
export type Authenticate = (authorization: string | null, connection?: object) => MaybePromise<Caller>;

/** What a request does. */
export type Access = "read" | "write";

/** The permissions of which a caller needs one. */
export const permissions = {
  read: ["DeviceManagementApps.Read.All", "DeviceManagementApps.ReadWrite.All"],
  write: ["DeviceManagementApps.ReadWrite.All"],
} as const;

const applicationRefused =
  "Application is not authorized to perform this operation as called in app only context but does not have application permissions configured.";

/** Throws the 403 for a caller who may not do this. */
export function authorize(
  caller: Caller,
  access: Access,
  { allowApplication, readOnly }: { readonly allowApplication: boolean; readonly readOnly: boolean },
): void {
  if (caller.kind === "unproven" || (caller.kind === "application" && !allowApplication)) {
    throw new AccessError("application", graphError("Forbidden", applicationRefused));
  }
  const sufficient = permissions[access];
  if (!sufficient.some((permission) => caller.permissions.includes(permission))) {
    throw new AccessError(
      "permission",
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
