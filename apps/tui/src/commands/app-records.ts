import { counterNames } from "@install-summary/core";
import type { ListedApp } from "@install-summary/core/client";
import { platformName } from "../words/platform.ts";
import type { Records } from "./output/records.ts";

/**
 * Apps as rows of a report: its column names, which `import` reads, and the ETag of the version that the numbers are of, which
 * `plan` reads.
 */
export function appRecords(apps: readonly ListedApp[]): Records {
  return {
    header: [
      "ApplicationId",
      "DisplayName",
      "Publisher",
      "Platform",
      "ODataType",
      ...counterNames.map((name) => name.charAt(0).toUpperCase() + name.slice(1)),
      "ETag",
    ],
    rows: apps.map((app) => [
      app.id,
      app.displayName,
      app.publisher,
      platformName(app),
      app["@odata.type"],
      ...counterNames.map((name) => app.installSummary[name]),
      app.etag ?? null,
    ]),
  };
}
