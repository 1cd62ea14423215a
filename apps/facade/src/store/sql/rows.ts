import type { ChangeOrigin, InstallSummary, MobileApp } from "@install-summary/core";

/** The key of an app's rows: its tenant, and its id in lower case. */
export interface AppKey {
  readonly tenantId: string;
  readonly appId: string;
}

/** The latest change of an app: where its history begins when it is followed back. */
export interface LatestChange {
  readonly version: number;
  /** Its sequence in the tenant's change log; null where none is known. */
  readonly changeSequence: number | null;
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

/** The last sequence that a tenant's change log has given out. */
export interface FeedRow {
  readonly tenantId: string;
  readonly last: number;
}
