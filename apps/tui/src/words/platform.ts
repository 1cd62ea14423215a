import type { MobileApp } from "@install-summary/core";
import { platformOf as platformOfType } from "@install-summary/core/text";

/** The platform that an app's type is for, or the type's own name where it does not say. */
export function platformOf(app: MobileApp): string {
  const type = app["@odata.type"];
  return platformOfType(type) ?? type.replace(/^#?microsoft\.graph\./, "");
}
