import { shortId } from "../words/app-identity.ts";
import { appName } from "../words/app-name.ts";
import type { KnownApp } from "../words/known-app.ts";

/** What names an app. */
export type NamedApp = Pick<KnownApp, "id" | "displayName">;

/** Names each of these apps; where several have the same name, with the beginning of its id. */
export function toldApart(apps: Iterable<NamedApp>): (app: NamedApp) => string {
  const idsOf = new Map<string, Set<string>>();
  for (const app of apps) {
    const name = appName(app);
    idsOf.set(name, (idsOf.get(name) ?? new Set()).add(app.id.toLowerCase()));
  }
  return (app) => {
    const name = appName(app);
    return (idsOf.get(name)?.size ?? 0) > 1 ? `${name} (${shortId(app)})` : name;
  };
}
