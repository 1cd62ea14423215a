import type { ChangeOrigin, ETagPatchDecision, SummaryWithETag } from "@install-summary/core";
import type { ImportDecision, ImportRow, UpdateResult } from "@install-summary/core/service";

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
