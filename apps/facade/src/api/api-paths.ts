import { readingMethods } from "@install-summary/core/service";
import type { ServedPath } from "../http/page-paths.ts";

/** The paths of the API, by the names that the log calls them. */
export const apiNames = ["changes", "imports"] as const;

/** One of `apiNames`. */
export type ApiName = (typeof apiNames)[number];

/** The paths of the facade's own API. */
export const apiPaths: Readonly<Record<ApiName, ServedPath>> = {
  changes: { template: "/api/changes", methods: readingMethods },
  imports: { template: "/api/imports", methods: ["POST", "OPTIONS"] },
};
