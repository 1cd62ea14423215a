import type { KnownApp } from "./known-app.ts";
import { platformOf, type Platform } from "@install-summary/core/text";

/** The platform that an app's type is for, or the type's own name where it does not say. */
export function platformName(app: Pick<KnownApp, "@odata.type">): string {
  const type = app["@odata.type"];
  return platformOf(type) ?? type.replace(/^#?microsoft\.graph\./, "");
}

const codes: Readonly<Record<Platform, string>> = {
  Android: "Andr",
  iOS: "iOS",
  macOS: "Mac",
  Windows: "Win",
  Web: "Web",
};

/** All of them as a column shows them, in lower case: the beginnings of their names. */
export const platformCodes: readonly string[] = Object.values(codes).map((code) => code.toLowerCase());

/** The same in at most four letters, for a column; `-` where the type does not say. */
export function platformCode(app: Pick<KnownApp, "@odata.type">): string {
  const platform = platformOf(app["@odata.type"]);
  return platform === undefined ? "-" : codes[platform];
}
