import type { InstallSummaryPatch, SentPatch } from "@install-summary/core";
import type { Failure } from "../../server/failure.ts";
import type { SendStatus } from "./send-status.ts";
import type { KnownApp } from "../../words/known-app.ts";

/** A change that was sent, and of which it is not certain what became. */
export interface Pending {
  /** Exactly what was sent; it is sent again like this or not at all. */
  readonly change: SentPatch;
  readonly clientRequestId: string;
  readonly failures: readonly Failure[];
  /** When it was sent first, in milliseconds. */
  readonly sentAt: number;
  /** Whether an ended editor has sent it: the app is read before anything is sent again. */
  readonly isRestored?: boolean;
}

/** The change of one app on its way: exactly what the review showed. */
export interface SendItem {
  /** The app as it was read: the base of the change. */
  readonly app: KnownApp;
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
  /** The moment when it began. */
  readonly startedAt: number;
  /** The uptime then. */
  readonly uptime: number;
  /** Where the review was opened, and Esc goes back to. */
  readonly from: "list" | "counters" | "history";
  /** The person has stopped it: nothing new starts. */
  readonly stopping: boolean;
  /** A token was given since: whether it is accepted shows when it is used. */
  readonly hasNewToken?: boolean;
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

/** The sending with the status of one app's item replaced, or more of it. */
export function withStatus(
  sending: Sending,
  appId: string,
  status: SendStatus,
  more: Partial<Pick<SendItem, "sentAt" | "wasOvertaken">> = {},
): Sending {
  return {
    ...sending,
    items: sending.items.map((item) => (item.app.id === appId ? { ...item, ...more, status } : item)),
  };
}
