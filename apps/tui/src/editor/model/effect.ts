import type { InstallSummaryEdit, InstallSummaryPatch } from "@install-summary/core";
import type { ClientOrigin, SentChange } from "@install-summary/core/client";
import type { Draft } from "../../changes/drafts/draft.ts";
import type { TokenSource } from "../../server/sign-in.ts";
import type { ReadPurpose, RecentReading } from "./event.ts";

/** Something for the world outside to do; what comes of it is an event. */
export type Effect =
  | { readonly kind: "loadPages"; readonly generation: number }
  | ReadAppEffect
  | SendPatchEffect
  | ReadHistoryEffect
  /** Reads the latest changes of an app, to say who made them. The key comes back with the event. */
  | { readonly kind: "readChangers"; readonly key: string; readonly appId: string }
  /** Begins to follow the change log. */
  | { readonly kind: "follow" }
  /** Reads which apps changed last. */
  | ({ readonly kind: "readRecent" } & RecentReading)
  /** Reads the trend of an app's numbers until `now`, in milliseconds. */
  | { readonly kind: "readTrend"; readonly appId: string; readonly now: number }
  | DraftEffect
  | UseTokenEffect
  | { readonly kind: "copy"; readonly text: string }
  | { readonly kind: "suspend" }
  | { readonly kind: "redraw" }
  | { readonly kind: "quit"; readonly exitCode: number };

/** Signs in with a token that the person gave. Where that cannot be used, the source that it was to replace comes back. */
export interface UseTokenEffect {
  readonly kind: "useToken";
  readonly token: string;
  readonly replaced: TokenSource;
}

/** Something for the drafts on disk. */
export type DraftEffect =
  | { readonly kind: "findDrafts" }
  | { readonly kind: "claimDrafts" | "discardDrafts"; readonly keys: readonly string[] }
  /** Keeps the edits of an app as they are now; undefined where it has none any more. */
  | { readonly kind: "saveDraft"; readonly appId: string; readonly draft: Draft | undefined };

/** Reads an app, and where another version is there than guards its change, looks that up in the log. */
export interface ReadAppEffect {
  readonly kind: "readApp";
  readonly purpose: ReadPurpose;
  readonly appId: string;
  /** The number of the event in which it is asked for; it comes back with the event. */
  readonly askedAt: number;
  /** The edits of the app when the person asked to read it; they come back with the event. */
  readonly edits?: InstallSummaryEdit | undefined;
  /** The change of the app of which it is not certain what became. */
  readonly sent?: SentChange;
}

/** Sends the change of an app, once its draft says so on disk. */
export interface SendPatchEffect {
  readonly kind: "sendPatch";
  readonly appId: string;
  readonly patch: InstallSummaryPatch;
  readonly ifMatch: string | undefined;
  readonly clientRequestId: string;
  /** Through what the change comes, for the change log. */
  readonly origin: ClientOrigin;
  /** Whether the person knows that its draft on disk may say afterwards that it was not sent. */
  readonly isUnmarkedKnown?: true;
}

/** Reads changes of an app, or of all, the latest first. */
export interface ReadHistoryEffect {
  readonly kind: "readHistory";
  /** Comes back with the event. */
  readonly generation: number;
  readonly appId: string | undefined;
  /** The cursor of the change that they follow; undefined for the latest ones. */
  readonly after: string | undefined;
  readonly top: number;
}
