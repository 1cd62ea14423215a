import { formatSummary } from "../resource/format-summary.ts";
import type { MobileApp } from "../resource/mobile-app.ts";
import { appProperties } from "../graph/model/edm-properties.ts";
import type { AppJson, StoredApp } from "./store.ts";

/** Makes an app of a page from an app as an object. */
export function formatAppJson({ app, summary, etag }: StoredApp): AppJson {
  return {
    id: app.id,
    type: app["@odata.type"],
    etag,
    properties: formatProperties(app),
    summary: formatSummary(summary, { base: "", metadata: "none" }),
  };
}

function formatProperties(app: MobileApp): string {
  return `{${appProperties.map(({ name }) => `"${name}":${JSON.stringify(app[name])}`).join(",")}}`;
}
