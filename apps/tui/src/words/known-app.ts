import type { ListedApp } from "@install-summary/core/client";

/** What is known of an app here: what tells it from others, its summary, and the ETag of that. */
export type KnownApp = Pick<
  ListedApp,
  "@odata.type" | "id" | "displayName" | "publisher" | "installSummary" | "etag"
>;
