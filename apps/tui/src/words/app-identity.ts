import { visibleText } from "@install-summary/core/text";
import type { KnownApp } from "./known-app.ts";
import { appName } from "./app-name.ts";
import { platformName } from "./platform.ts";

/** The part of an app's id that tells it from others of its name; commands accept it in place of the whole id. */
export function shortId({ id }: { readonly id: string }): string {
  return visibleText(id.slice(0, 8), 8);
}

/** An app's name with its platform: `Workday · iOS`. */
export function appTitle(app: Pick<KnownApp, "@odata.type" | "id" | "displayName">): string {
  return `${appName(app)} · ${visibleText(platformName(app), 40)}`;
}

/** An app in a sentence, told from others of its name: `Workday · iOS (7c1e44d0)`. */
export function appIdentity(app: Pick<KnownApp, "@odata.type" | "id" | "displayName">): string {
  return appName(app) === app.id ? appTitle(app) : `${appTitle(app)} (${shortId(app)})`;
}
