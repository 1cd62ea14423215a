import type { FoundRecord } from "@install-summary/core/client";
import type { FoundDraft } from "../../changes/drafts/draft.ts";
import type { Failure } from "../../server/failure.ts";
import type { KnownApp } from "../../words/known-app.ts";

/** A reading of the app of a draft that was found, and what it has come to. */
export type DraftReading = DraftOutcome & {
  /** The client request id of the draft that it asks the log for; undefined where that was not sent. */
  readonly request: string | undefined;
};

/** What reading the app of a draft has come to. */
export type DraftOutcome =
  | { readonly kind: "running" }
  /** `readAt` is when that was, in milliseconds. */
  | {
      readonly kind: "read";
      readonly app: KnownApp;
      readonly readAt: number;
      /** What the log says of the request. */
      readonly record: FoundRecord | undefined;
    }
  | { readonly kind: "failed"; readonly what: "app" | "log"; readonly failure: Failure };

/** What the editor knows of drafts on disk. */
export interface Drafts {
  /** Whether those of ended editors have been looked for. */
  readonly wereSought: boolean;
  /** Those that the person has not decided on, the newest first. */
  readonly found: readonly FoundDraft[];
  /** How many of them stay on disk for the next start. */
  readonly left: number;
  /** What their apps are now, by app id. To look changes no draft. */
  readonly readings: ReadonlyMap<string, DraftReading>;
  /** Whether the person has asked for all of these apps. */
  readonly readsAll: boolean;
  /** Whether some of them are just being taken over. */
  readonly isClaiming: boolean;
  /** The keys of those that are just being thrown away. */
  readonly discarding: readonly string[];
  /** Why drafts cannot be kept, as the end of a sentence; undefined where they are. */
  readonly failure: string | undefined;
  /** Apps whose draft on disk says that a change was not sent, though it was sent, dropped or replaced. */
  readonly stale: readonly KnownApp[];
  /** Apps whose change was held, since their draft on disk cannot be marked as sent; why, as the end of a sentence. */
  readonly unmarked: ReadonlyMap<string, string>;
  /** Apps that have a draft in another editor that runs. */
  readonly elsewhere: ReadonlySet<string>;
}

/** No draft to decide on. */
export const nothingFound: Pick<Drafts, "found" | "readings" | "readsAll"> = {
  found: [],
  readings: new Map(),
  readsAll: false,
};

/** Before anything was read. */
export const noDrafts: Drafts = {
  wereSought: false,
  ...nothingFound,
  left: 0,
  isClaiming: false,
  discarding: [],
  failure: undefined,
  stale: [],
  unmarked: new Map(),
  elsewhere: new Set(),
};
