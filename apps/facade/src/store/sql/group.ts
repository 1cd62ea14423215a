import type {
  ChangeOrigin,
  ETagPatchDecision,
  InstallSummary,
  MobileApp,
  SummaryWithETag,
} from "@install-summary/core";
import type { ImportDecision, ImportRow, UpdateResult } from "@install-summary/core/service";
import type { LatestChange, SummaryRecord } from "./columns.ts";

/** A write that waits for its commit: what to decide, who asked, and the callbacks that settle its promise. */
export type Write = UpdateWrite | ImportWrite;

interface WriteBase {
  readonly tenantId: string;
  readonly actor: string;
  readonly origin: ChangeOrigin;
  readonly requestId: string;
  readonly clientRequestId: string | undefined;
  readonly fail: (error: unknown) => void;
}

/** A change of one summary. */
export interface UpdateWrite extends WriteBase {
  readonly kind: "update";
  readonly appId: string;
  readonly decide: (current: SummaryWithETag) => ETagPatchDecision;
  readonly succeed: (result: UpdateResult | undefined) => void;
}

/** Rows of an import, each about another app. */
export interface ImportWrite extends WriteBase {
  readonly kind: "import";
  readonly rows: readonly ImportRow[];
  readonly succeed: (decisions: readonly ImportDecision[]) => void;
}

/** What became of a write of a group whose transaction went through. */
export type WriteOutcome =
  | { readonly kind: "update"; readonly write: UpdateWrite; readonly result: UpdateResult | undefined }
  | { readonly kind: "import"; readonly write: ImportWrite; readonly decisions: readonly ImportDecision[] }
  /** Its own decision threw; the rest of the group goes through. */
  | { readonly kind: "failed"; readonly write: Write; readonly error: unknown };

/** Tells a write what became of it. */
export function settleWrite(outcome: WriteOutcome): void {
  switch (outcome.kind) {
    case "update":
      return outcome.write.succeed(outcome.result);
    case "import":
      return outcome.write.succeed(outcome.decisions);
    case "failed":
      return outcome.write.fail(outcome.error);
  }
}

/** An app as a group finds it; one that the group's tenant state does not have is unknown. */
export type CurrentApp =
  | (SummaryRecord & {
      readonly kind: "known";
      /** Read where an import needs it. */
      readonly app?: MobileApp;
    })
  /** A new app, which follows the one that was erased under its id, if any. */
  | { readonly kind: "new"; readonly erased?: LatestChange | undefined };

/** What an engine reads of one tenant, inside its transaction, before a group is planned. */
export interface TenantState {
  /** By id, the apps that the writes of the group name. */
  readonly apps: ReadonlyMap<string, CurrentApp>;
  /** The last sequence that the tenant's change log has given out. */
  readonly lastSequence: number;
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

/** The last sequence that a tenant's change log has given out. */
export interface FeedRow {
  readonly tenantId: string;
  readonly last: number;
}
