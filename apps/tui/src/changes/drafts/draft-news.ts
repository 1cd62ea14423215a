import type { KnownApp } from "../../words/known-app.ts";
import type { Draft } from "./draft.ts";
import type { FoundDrafts } from "./find-drafts.ts";

/** What comes of keeping drafts on disk. */
export type DraftNews =
  | DraftsFound
  | DraftsClaimed
  | DraftsDiscarded
  /** They cannot be kept: `reason` is the end of a sentence. */
  | { readonly kind: "draftsFailed"; readonly reason: string }
  /** The newest draft of this app, which could not be written before, is on disk, or gone from it. */
  | { readonly kind: "draftWritten"; readonly appId: string }
  /** All of them are on disk again. */
  | { readonly kind: "draftsKept" }
  /** These apps have a draft on disk that says that a change was not sent, though it was sent, dropped or replaced. */
  | { readonly kind: "draftsStale"; readonly apps: readonly KnownApp[] }
  /** Another editor has taken the drafts of these apps for those of an editor that has ended. */
  | { readonly kind: "draftsTaken"; readonly appIds: readonly string[] }
  /** Other editors that run have drafts of these apps. */
  | { readonly kind: "editedElsewhere"; readonly appIds: readonly string[] };

/** The drafts that ended editors have left behind. */
export interface DraftsFound extends FoundDrafts {
  readonly kind: "draftsFound";
}

/** Drafts are this editor's from now on. */
export interface DraftsClaimed {
  readonly kind: "draftsClaimed";
  readonly drafts: readonly Draft[];
  /** Those that were asked for. */
  readonly keys: readonly string[];
  /** Why some could not be taken, as the end of a sentence; undefined where they are no longer there. */
  readonly reason: string | undefined;
}

/** What came of throwing drafts away. */
export interface DraftsDiscarded {
  readonly kind: "draftsDiscarded";
  /** Those that were asked for. */
  readonly keys: readonly string[];
  /** Those of them that were gone before: another editor has taken them, or thrown them away. */
  readonly gone: readonly string[];
  /** Why some may still be there, as the end of a sentence; undefined where none is. */
  readonly reason: string | undefined;
}
