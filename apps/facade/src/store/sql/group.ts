import type { ChangeOrigin, InstallSummary, MobileApp } from "@install-summary/core";
import type { LatestChange, SummaryRecord } from "./columns.ts";
import type { Feed } from "./feed.ts";

/** An app as a group finds it; one that the group's tenant state does not have is unknown. */
export type CurrentApp =
  | (SummaryRecord & {
      readonly kind: "known";
      /** Read where an import needs it. */
      readonly app?: MobileApp;
    })
  | { readonly kind: "new" };

/** What an engine reads of one tenant, inside its transaction, before a group is planned. */
export interface GroupTenant {
  /** By id, the apps that the writes of the group name. */
  readonly apps: ReadonlyMap<string, CurrentApp>;
  readonly feed: Feed;
}

/** The key of an app's rows: its tenant, and its id in lower case. */
export interface AppKey {
  readonly tenantId: string;
  readonly appId: string;
}

/** The rows that one transaction writes, at most one per key. */
export interface GroupRows {
  readonly changes: readonly ChangeRow[];
  readonly summaries: readonly SummaryRow[];
  readonly apps: readonly AppRow[];
  readonly feeds: readonly FeedRow[];
}

/** A row of the change log; only ever inserted. */
export interface ChangeRow extends AppKey {
  readonly sequence: number;
  /** The sequence of the app's change before this one; null for its first. */
  readonly previousSequence: number | null;
  readonly version: number;
  readonly changedAt: string;
  readonly actor: string;
  readonly origin: ChangeOrigin;
  readonly requestId: string;
  readonly clientRequestId: string | undefined;
  /** JSON of the counters that changed, as they were. */
  readonly before: string;
  /** JSON of the same counters, as they are now. */
  readonly after: string;
}

/** A summary as it is after the group: inserted where it is new, updated where it is known. */
export interface SummaryRow extends LatestChange {
  readonly tenantId: string;
  readonly summary: InstallSummary;
  readonly modifiedAt: string;
  readonly modifiedBy: string;
  readonly isNew: boolean;
}

/** An app as it is after the group: inserted where it is new, updated where it is known. */
export interface AppRow {
  readonly tenantId: string;
  readonly app: MobileApp;
  readonly isNew: boolean;
}

/** How far a tenant's change log has come; only `last` changes where the tenant has a row. */
export interface FeedRow extends Feed {
  readonly tenantId: string;
}
