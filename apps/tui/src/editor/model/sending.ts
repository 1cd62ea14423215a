import type { InstallSummary, InstallSummaryPatch } from "@install-summary/core";
import type { ListedApp } from "@install-summary/core/client";
import type { Failure } from "../../server/failure.ts";

/** How it is known that the server has the changes: it said so, they were found after a lost answer, or before it. */
export type HowSent = "answered" | "found" | "there already";

/** Where the sending of one app's changes stands. */
export type SendStatus =
  | { readonly kind: "queued" }
  | { readonly kind: "running"; readonly tries: number }
  /** The server asked to wait; the same is sent again. */
  | { readonly kind: "waiting"; readonly tries: number; readonly until: number; readonly failure: Failure }
  /** Nobody knows whether it was applied: being read again, at `until` or right now. */
  | {
      readonly kind: "settling";
      readonly why: "noAnswer" | "changed";
      readonly tries: number;
      readonly until: number | undefined;
      readonly failure: Failure;
    }
  | {
      readonly kind: "sent";
      readonly summary: InstallSummary;
      readonly etag: string | undefined;
      readonly how: HowSent;
    }
  /** The server has another version than the one that the edits are made on. */
  | { readonly kind: "conflict"; readonly current: ListedApp | undefined }
  | { readonly kind: "notApplied" }
  | { readonly kind: "unknown"; readonly failure: Failure }
  | { readonly kind: "refused"; readonly failure: Failure }
  | { readonly kind: "stopped" };

/** The changes of one app on their way: exactly what the review showed. */
export interface SendItem {
  /** The app as it was read: the base of the changes. */
  readonly app: ListedApp;
  readonly patch: InstallSummaryPatch;
  readonly status: SendStatus;
}

export interface Send {
  readonly items: readonly SendItem[];
  readonly startedAt: number;
  /** The person has stopped it: what has not started stays staged. */
  readonly stopping: boolean;
}

/** Whether nothing more will happen to an item. */
export function isDecided({ status }: SendItem): boolean {
  switch (status.kind) {
    case "queued":
    case "running":
    case "waiting":
    case "settling":
      return false;
    case "sent":
    case "conflict":
    case "notApplied":
    case "unknown":
    case "refused":
    case "stopped":
      return true;
  }
}

/** Whether it was this sending that made the changes, so that they can be taken back. */
export function hasChanged(status: SendStatus): status is Extract<SendStatus, { readonly kind: "sent" }> {
  return status.kind === "sent" && status.how !== "there already";
}

/** The send with the status of one app's item replaced. */
export function withStatus(send: Send, appId: string, status: SendStatus): Send {
  return { ...send, items: send.items.map((item) => (item.app.id === appId ? { ...item, status } : item)) };
}

/** What reading an app again says about changes whose answer was lost. */
export function settle({ app, patch, status }: SendItem, current: ListedApp): SendStatus {
  const { installSummary: there, etag } = current;
  const names = Object.keys(patch).filter(isPatched(patch));
  const isThere = names.every((name) => there[name] === patch[name]);
  const isConflict = status.kind === "settling" && status.why === "changed";
  if (isThere) return { kind: "sent", summary: there, etag, how: isConflict ? "there already" : "found" };
  const isUnchanged =
    etag !== undefined && app.etag !== undefined
      ? etag === app.etag
      : names.every((name) => there[name] === app.installSummary[name]);
  return isUnchanged && !isConflict ? { kind: "notApplied" } : { kind: "conflict", current };
}

function isPatched(patch: InstallSummaryPatch): (name: string) => name is keyof InstallSummaryPatch {
  return (name): name is keyof InstallSummaryPatch => name in patch;
}
