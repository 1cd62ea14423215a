import { readingMethods } from "@install-summary/core/service";

/** A path that is served, and what may be done with it. */
export interface ServedPath {
  /** Below the origin of the service, with `{id}` for the id of an app. */
  readonly template: string;
  /** As `Allow` lists them. */
  readonly methods: readonly string[];
}

/** The pages that need no token, by the names that the log calls them. */
export type PageName = "home" | "livez" | "readyz" | "openapi" | "docs";

/** The files that the page `/docs` needs, by their names below it. */
export const docsFiles = ["swagger-ui.css", "reference.css", "swagger-ui-bundle.js", "reference.js"] as const;

/** One of `docsFiles`. */
export type DocsFile = (typeof docsFiles)[number];

/** The paths of the pages for people, probes and programs. */
export const pagePaths: Readonly<Record<PageName, ServedPath>> = {
  home: page("/"),
  livez: page("/livez"),
  readyz: page("/readyz"),
  openapi: page("/openapi.json"),
  docs: page("/docs"),
};

function page(template: string): ServedPath {
  return { template, methods: readingMethods };
}
