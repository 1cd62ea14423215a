import type { InstallSummaryPatch } from "@install-summary/core";

/** A change as the log has it. */
export interface LoggedChange {
  readonly appId: string;
  readonly version: number;
  readonly requestId: string;
  readonly clientRequestId?: string | undefined;
  readonly before: InstallSummaryPatch;
  readonly after: InstallSummaryPatch;
}

/** A summary as it is at the end. */
export interface StoredSummary {
  readonly version: number;
  readonly counters: InstallSummaryPatch;
}

/** What a store holds once a load has ended. */
export interface StoreEnd {
  /** In the log's order. */
  readonly log: readonly LoggedChange[];
  readonly summaries: ReadonlyMap<string, StoredSummary>;
}
