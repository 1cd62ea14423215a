import type { InstallSummaryPatch } from "@install-summary/core";

/** A moment on the one monotonic clock of the process that makes the load, in milliseconds. */
export type Moment = number;

/**
 * What a response says of a change. Only `acknowledged` and `refused` are promises: a change of which no response, a
 * timeout or an error of the server tells may be in the store or not.
 */
export type Outcome = "acknowledged" | "refused" | "unknown";

/** A change that was sent: by PATCH, as an item of a batch, or as a row of an import. */
export interface SentChange {
  readonly appId: string;
  /** A value of `stampCounter` that no other change of the history has: the log tells by it which change it holds. */
  readonly stamp: number;
  /** The counters that were sent, the stamp among them. */
  readonly patch: InstallSummaryPatch;
  /** The version that `If-Match` named. */
  readonly ifMatch?: number;
  readonly clientRequestId?: string;
  readonly start: Moment;
  /** When the response was there, or when waiting for it ended. */
  readonly end: Moment;
  readonly outcome: Outcome;
  /** What was sent and what came back, for people: `PATCH 503`. */
  readonly told: string;
  readonly requestId?: string;
  /** The version that the response says the change has made. */
  readonly version?: number;
  /** The counters that the response shows. */
  readonly counters?: InstallSummaryPatch;
}

/** An app as a response shows it. */
export interface SeenApp {
  readonly appId: string;
  readonly start: Moment;
  readonly end: Moment;
  readonly version: number;
  /** Missing in a 304 and a 412, which tell only the version. */
  readonly counters?: InstallSummaryPatch;
  /** What was sent and what came back, for people. */
  readonly told: string;
}

/** One change as a reader of the log by cursor got it. */
export interface FollowedChange {
  readonly appId: string;
  readonly version: number;
}

/** What one reader followed of the log. */
export interface FollowedLog {
  /** Who it is, for people. */
  readonly name: string;
  /** How many changes of the load's apps were in the log where it began. */
  readonly begin: number;
  readonly changes: readonly FollowedChange[];
  /** Looks that came to the end of the log: when each began, and how many changes the reader had afterwards. */
  readonly ends: readonly { readonly start: Moment; readonly count: number }[];
  /** Whether it read to the end after the last change. */
  readonly isComplete: boolean;
}

/** All that a load sent and saw. */
export interface History {
  readonly changes: readonly SentChange[];
  readonly seen: readonly SeenApp[];
  readonly followed: readonly FollowedLog[];
  /** How often each thing came back, a status or the reason why no response came: `PATCH 200`, `GET ECONNRESET`. */
  readonly responses: ReadonlyMap<string, number>;
}

/** The counter that holds the stamp of each change. */
export const stampCounter = "installedDeviceCount";

/** A change as it is known where its response never came. */
export function withoutResponse(change: SentChange): SentChange {
  const { appId, stamp, patch, start, end, told, ifMatch, clientRequestId } = change;
  return {
    appId,
    stamp,
    patch,
    start,
    end,
    outcome: "unknown",
    told,
    ...(ifMatch !== undefined && { ifMatch }),
    ...(clientRequestId !== undefined && { clientRequestId }),
  };
}
