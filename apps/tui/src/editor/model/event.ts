import type { InstallSummary, InstallSummaryEdit } from "@install-summary/core";
import type { ListedChange } from "@install-summary/core/client";
import type { OlderChanges } from "./history.ts";
import type { Followed } from "../../changes/follow-changes.ts";
import type { Recent } from "../../changes/recent.ts";
import type { Trend } from "../../changes/trend.ts";
import type { DraftNews } from "../../changes/drafts/draft-news.ts";
import type { Size } from "./layout.ts";
import type { LogAnswer } from "./log-answer.ts";
import type { Sort } from "./sort.ts";
import type { Failure } from "../../server/failure.ts";
import type { TokenSource } from "../../server/sign-in.ts";
import type { KnownApp } from "../../words/known-app.ts";

/**
 * Why an app is read: the person asked, to find out what became of a change, since a newer version is known, to take a
 * change back on what is there, or to say what a draft meets before it is brought back.
 */
export type ReadPurpose = "refresh" | "look" | "newer" | "takeBack" | "draft";

/** Why it is read which apps changed last: to sort the list by it, or to keep a list that is sorted by it up to date. */
export interface RecentReading {
  readonly purpose: "sort" | "refresh";
  /** The sort when it was asked for. */
  readonly sort: Sort;
}

/** Something that happened. */
export type Happening =
  | KeyPressed
  | Pasted
  /** What was typed ahead comes next. */
  | { readonly kind: "aheadReleased" }
  /** More of a paste is waited for, or the person has given it up. */
  | { readonly kind: "pasteStalled" | "pasteGivenUp" }
  | { readonly kind: "resized"; readonly size: Size }
  | { readonly kind: "ticked" }
  | PageLoaded
  | { readonly kind: "listLoaded"; readonly generation: number }
  | { readonly kind: "listFailed"; readonly generation: number; readonly failure: Failure }
  | AppRead
  | {
      readonly kind: "readFailed";
      readonly purpose: ReadPurpose;
      readonly appId: string;
      readonly failure: Failure;
    }
  | {
      readonly kind: "patchAcknowledged";
      readonly appId: string;
      readonly summary: InstallSummary;
      readonly etag: string | undefined;
    }
  | { readonly kind: "patchFailed"; readonly appId: string; readonly failure: Failure }
  /** A change was not sent: its draft on disk could neither be marked as sent nor removed. `reason` ends a sentence. */
  | { readonly kind: "patchHeld"; readonly appId: string; readonly reason: string }
  | HistoryRead
  | { readonly kind: "historyFailed"; readonly generation: number; readonly failure: Failure }
  | { readonly kind: "changersRead"; readonly key: string; readonly changes: readonly ListedChange[] }
  | { readonly kind: "changersFailed"; readonly key: string }
  | { readonly kind: "followed"; readonly followed: Followed }
  | ({ readonly kind: "recentRead"; readonly recent: Recent } & RecentReading)
  | { readonly kind: "recentFailed"; readonly failure: Failure }
  | { readonly kind: "trendRead"; readonly appId: string; readonly trend: Trend }
  | { readonly kind: "trendFailed"; readonly appId: string; readonly failure: Failure }
  /** The token that the person gave is of another tenant. */
  | { readonly kind: "tokenRefused"; readonly source: TokenSource; readonly failure: Failure }
  | DraftNews;

/** A key: a grapheme, or a name of several letters such as `up`, `enter`, `ctrl-r`. */
export interface KeyPressed {
  readonly kind: "key";
  readonly key: string;
  /** It was typed before there was a screen, or before the list was on it: what it meets was not seen. */
  readonly isAhead?: boolean;
}

/** A text that was pasted. */
export interface Pasted {
  readonly kind: "paste";
  readonly text: string;
}

/** An app was read, and the log asked of its change that was sent. */
export interface AppRead extends LogAnswer {
  readonly kind: "appRead";
  readonly purpose: ReadPurpose;
  readonly app: KnownApp;
  /** The number of the event in which it was asked for. */
  readonly askedAt: number;
  /** The edits of the app when the person asked for it. */
  readonly edits?: InstallSummaryEdit | undefined;
}

/** Changes of the history have come. */
export interface HistoryRead extends OlderChanges {
  readonly kind: "historyRead";
  readonly generation: number;
}

/** A page of the list has come. */
export interface PageLoaded {
  readonly kind: "pageLoaded";
  readonly generation: number;
  readonly apps: readonly KnownApp[];
  readonly count: number | undefined;
}

/** What time it is, in milliseconds. */
export interface Times {
  /** The moment, for what is shown and kept: the clock of the computer, which may be set. */
  readonly now: number;
  /** How long something runs already: waits are counted by it, since no one can set it. */
  readonly uptime: number;
}

/** A happening and when it was. */
export type EditorEvent = Happening & Times;
