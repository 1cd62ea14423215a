import type { ChangeState, InstallSummaryPatch, SentPatch } from "@install-summary/core";
import type { ListedApp, ReadSummary } from "@install-summary/core/client";
import type { Failure } from "../../server/failure.ts";

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

/** What has become of one app's change so far. */
export type SendStatus =
  | { readonly kind: "queued" }
  /** A request is on its way: the change itself, or a look at what became of it. */
  | { readonly kind: "running"; readonly does: "send" | "look"; readonly state: ChangeState<Failure> }
  /** The next request is due at `until`. */
  | {
      readonly kind: "waiting";
      readonly does: "send" | "look";
      readonly state: ChangeState<Failure>;
      readonly until: number;
    }
  /** Refused with 412: the version that is there now is being read, to name it. */
  | { readonly kind: "comparing"; readonly failures: readonly Failure[] }
  | (ReadSummary & {
      readonly kind: "sent";
      readonly how: HowSent;
      /** What came before it was known. */
      readonly failures: readonly Failure[];
    })
  /** Someone else has changed the app. The change was not applied. */
  | {
      readonly kind: "conflict";
      readonly failures: readonly Failure[];
      readonly current: ListedApp | undefined;
    }
  /** Someone else has changed the app. The change may have been applied before that. */
  | { readonly kind: "overtaken"; readonly failures: readonly Failure[]; readonly current: ListedApp }
  /** Reading shows the same version. The change may still arrive. */
  | { readonly kind: "notApplied"; readonly failures: readonly Failure[] }
  /** The change may have been applied, and reading has not told. */
  | {
      readonly kind: "unknown";
      readonly failures: readonly Failure[];
      readonly readFailure: Failure | undefined;
    }
  /** Certainly not applied: the last failure says why, those before it asked to wait. */
  | { readonly kind: "refused"; readonly failures: readonly Failure[] }
  /** Stopped before it was sent, or, with failures, before it was sent again: certainly not applied. */
  | { readonly kind: "stopped"; readonly failures: readonly Failure[] }
  /** Read again after all: its edits are based on the version that is there now. */
  | {
      readonly kind: "readAgain";
      readonly etag: string | undefined;
      /** What sending it had come to. */
      readonly failures: readonly Failure[];
    };

/** A change that was sent, and of which it is not certain what became. */
export interface Pending {
  /** Exactly what was sent; it is sent again like this or not at all. */
  readonly change: SentPatch;
  readonly clientRequestId: string;
  readonly failures: readonly Failure[];
  /** When it was sent first, in milliseconds. */
  readonly sentAt: number;
}

/** The change of one app on its way: exactly what the review showed. */
export interface SendItem {
  /** The app as it was read: the base of the change. */
  readonly app: ListedApp;
  readonly patch: InstallSummaryPatch;
  /** The same each time that the change is sent. */
  readonly clientRequestId: string;
  /** Whether its edits were sent on an older version before, and may have been applied there. */
  readonly wasOvertaken: boolean;
  /** When it was sent first, in milliseconds; undefined before that. */
  readonly sentAt: number | undefined;
  readonly status: SendStatus;
}

/** The changes that one `y` has sent. */
export interface Sending {
  readonly items: readonly SendItem[];
  readonly startedAt: number;
  /** Where the review was opened, and Esc goes back to. */
  readonly from: "list" | "counters";
  /** The person has stopped it: nothing new starts. */
  readonly stopping: boolean;
}

/** Whether nothing more happens to an item by itself. */
export function isDecided({ status }: SendItem): boolean {
  return !["queued", "running", "waiting", "comparing"].includes(status.kind);
}

/** Whether it is not certain what became of an item's change. */
export function isOpen({ status }: SendItem): boolean {
  return status.kind === "unknown" || status.kind === "notApplied";
}

/** Whether the change of an item may have been applied without it being known, now or on an older version. */
export function isUnclear(item: SendItem): boolean {
  if (item.status.kind === "sent") return false;
  return isOpen(item) || item.status.kind === "overtaken" || item.wasOvertaken;
}

/** Whether the change of an item was sent at least once, now or on an older version. */
export function wasSent({ status, wasOvertaken }: SendItem): boolean {
  const failures = "failures" in status ? status.failures : [];
  return wasOvertaken || failures.some(({ kind }) => kind !== "unreachable" && kind !== "notSent");
}

/** Whether an item can only be sent once the app has been read again. */
export function wantsReading(item: SendItem): boolean {
  return isOpen(item) || item.status.kind === "conflict" || item.status.kind === "overtaken";
}

/** Whether it was this change that set the values which are there, so that it can be undone. */
export function hasChanged(status: SendStatus): status is Extract<SendStatus, { readonly kind: "sent" }> {
  return status.kind === "sent" && (status.how === "acknowledged" || status.how === "found");
}

/** The sending with the status of one app's item replaced, or more of it. */
export function withStatus(
  sending: Sending,
  appId: string,
  status: SendStatus,
  more: Partial<Pick<SendItem, "sentAt">> = {},
): Sending {
  return {
    ...sending,
    items: sending.items.map((item) => (item.app.id === appId ? { ...item, ...more, status } : item)),
  };
}
