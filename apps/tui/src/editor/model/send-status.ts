import type { ChangeState, ReadSummary } from "@install-summary/core";
import type { Failure } from "../../server/failure.ts";
import type { KnownApp } from "../../words/known-app.ts";

/** What has become of one app's change so far. */
export type SendStatus =
  | { readonly kind: "queued" }
  | RunningStatus
  /** The next request is due at the uptime `until`. */
  | {
      readonly kind: "waiting";
      readonly does: "send" | "look";
      readonly state: ChangeState<Failure>;
      readonly until: number;
    }
  /** Refused with 412: the version that is there now is being read, to name it. */
  | { readonly kind: "comparing"; readonly failures: readonly Failure[] }
  | SentStatus
  | ConflictStatus
  /** Someone else has changed the app. The change may have been applied before that. */
  | { readonly kind: "overtaken"; readonly failures: readonly Failure[]; readonly current: KnownApp }
  /** Reading shows the same version. The change may still arrive. */
  | { readonly kind: "notApplied"; readonly failures: readonly Failure[] }
  | UnknownStatus
  | RefusedStatus
  | StoppedStatus
  /** Read again after all: its edits are based on the version that is there now. */
  | {
      readonly kind: "readAgain";
      readonly etag: string | undefined;
      /** What sending it had come to. */
      readonly failures: readonly Failure[];
    };

/** The change may have been applied, and reading has not told. */
export interface UnknownStatus {
  readonly kind: "unknown";
  readonly failures: readonly Failure[];
  /** What could not be read, and why. */
  readonly unread: { readonly what: "app" | "log"; readonly failure: Failure } | undefined;
  /** Where it was read, and the log has an equal change of the same account: an amount may be missing. */
  readonly mayBeMissing?: true;
}

/** A request is on its way: the change itself, or a look at what became of it. */
export interface RunningStatus {
  readonly kind: "running";
  readonly does: "send" | "look";
  readonly state: ChangeState<Failure>;
}

/** The server has the values. */
export interface SentStatus extends ReadSummary {
  readonly kind: "sent";
  readonly how: HowSent;
  /** True where the log says that it was this change that set the values; where none tells they may be someone else's. */
  readonly isRecorded?: true;
  /** What came before it was known. */
  readonly failures: readonly Failure[];
}

/**
 * How it is known that nothing is left to send.
 *
 * - `acknowledged`: the server said that it applied the change.
 * - `changed since`: it said so, and someone else has changed the same counters since.
 * - `found`: reading told that the change was applied.
 * - `there already`: the values are there after a 412: someone else's, or of this change behind a gateway that sends
 *   changes twice.
 */
export type HowSent = "acknowledged" | "changed since" | "found" | "there already";

/** Someone else has changed the app. The change was not applied. */
export interface ConflictStatus {
  readonly kind: "conflict";
  readonly failures: readonly Failure[];
  /** The app as it is now; undefined where it could not be read. */
  readonly current: KnownApp | undefined;
}

/** Certainly not applied: the last failure says why, those before it asked to wait. */
export interface RefusedStatus {
  readonly kind: "refused";
  readonly failures: readonly Failure[];
}

/** Stopped before it was sent, or, with failures, before it was sent again: certainly not applied. */
export interface StoppedStatus {
  readonly kind: "stopped";
  readonly failures: readonly Failure[];
  /** Why its draft on disk could not be marked as sent, as the end of a sentence, where that has held it. */
  readonly unmarked?: string;
}

/** Whether a change was applied, so that what others have left of it can be taken back. */
export function wasApplied(status: SendStatus): status is SentStatus {
  return status.kind === "sent" && status.how !== "there already";
}

/** Whether a change may have been applied, while nothing tells that it was. */
export function isOpenStatus({ kind }: SendStatus): boolean {
  return kind === "overtaken" || kind === "unknown" || kind === "notApplied";
}

/** Whether values alone tell that a change was applied: they may be someone else's. */
export function countsAsApplied(status: SendStatus): boolean {
  return status.kind === "sent" && status.how === "found" && status.isRecorded !== true;
}

/** Whether the values of this change are there, as far as is known set by it, so that one command undoes it. */
export function hasChanged(status: SendStatus): status is SentStatus {
  return status.kind === "sent" && (status.how === "acknowledged" || status.how === "found");
}
