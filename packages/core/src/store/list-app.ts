import { counterNames } from "../resource/counters.ts";
import type { InstallSummary } from "../resource/install-summary.ts";
import type { MobileApp } from "../resource/mobile-app.ts";
import { appProperties } from "../graph/model/edm-properties.ts";
import type { ListedApp, StoredApp } from "./store.ts";

/** Makes an app of a page from an app as an object. */
export function listApp({ app, summary, etag }: StoredApp): ListedApp {
  return {
    id: app.id,
    type: app["@odata.type"],
    etag,
    properties: formatProperties(app),
    summary: formatSummary(summary),
  };
}

function formatProperties(app: MobileApp): string {
  return `{${appProperties.map(({ name }) => `"${name}":${JSON.stringify(app[name])}`).join(",")}}`;
}

function formatSummary(summary: InstallSummary): string {
  const counters = counterNames.map((name) => `"${name}":${summary[name]}`).join(",");
  return `{"id":"${summary.id}",${counters}}`;
}
