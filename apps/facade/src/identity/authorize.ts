import { graphError } from "@install-summary/core";
import { GraphErrorWithHeaders } from "../http/error-response.ts";
import type { Caller } from "./caller.ts";

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
