import type { ChangeOrigin, ETagPatchDecision, SummaryWithETag } from "@install-summary/core";
import type { ImportDecision, ImportRow, UpdateResult } from "@install-summary/core/service";

/** A write that waits for its commit, with the callbacks that settle its promise. */
export type Write = PlannedWrite | DeletingWrite;

/** A write that brings changes: what to decide, and who asked. */
export type PlannedWrite = UpdateWrite | ImportWrite;

/** A write that deletes what a tenant has. */
export type DeletingWrite = RemovalWrite | ErasureWrite;

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

/** The removal of a tenant's oldest changes, as far as they were made before a moment. */
export interface RemovalWrite {
  readonly kind: "removal";
  readonly tenantId: string;
  readonly before: string;
  /** The maximum number of changes. */
  readonly top: number;
  readonly succeed: (changes: number) => void;
  readonly fail: (error: unknown) => void;
}

/** A step of the erasure of a tenant. */
export interface ErasureWrite {
  readonly kind: "erasure";
  readonly tenantId: string;
  /** The maximum number of changes, and of apps. */
  readonly top: number;
  readonly succeed: (step: ErasureStep) => void;
  readonly fail: (error: unknown) => void;
}

/** What a step of an erasure has deleted, and whether nothing is left. */
export interface ErasureStep {
  readonly apps: number;
  readonly changes: number;
  readonly isLast: boolean;
}

/** Whether a write brings changes. */
export function isPlanned(write: Write): write is PlannedWrite {
  return write.kind === "update" || write.kind === "import";
}

/** Whether a write deletes. */
export function isDeleting(write: Write): write is DeletingWrite {
  return !isPlanned(write);
}

/** What became of a write of a group whose transaction went through. */
export type WriteOutcome =
  | { readonly kind: "update"; readonly write: UpdateWrite; readonly result: UpdateResult | undefined }
  | { readonly kind: "import"; readonly write: ImportWrite; readonly decisions: readonly ImportDecision[] }
  /** Its own decision threw; the rest of the group goes through. */
  | { readonly kind: "failed"; readonly write: PlannedWrite; readonly error: unknown };

/** Whether a write has written something: it was not refused, and its values were not there already. */
export function hasWritten(outcome: WriteOutcome): boolean {
  switch (outcome.kind) {
    case "update":
      return outcome.result?.decision.kind === "changed";
    case "import":
      return outcome.decisions.some(({ kind }) => kind === "created" || kind === "changed");
    case "failed":
      return false;
  }
}

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
