import type { Draft } from "./draft.ts";
import type { FoundDrafts } from "./find-drafts.ts";

/** What comes of keeping drafts on disk. */
export type DraftNews =
  | DraftsFound
  | DraftsClaimed
  /** They cannot be kept: `reason` is the end of a sentence. */
  | { readonly kind: "draftsFailed"; readonly reason: string }
  /** All of them are on disk again. */
  | { readonly kind: "draftsKept" }
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
  /** Why some could not be taken, as the end of a sentence; undefined where another editor has them. */
  readonly reason: string | undefined;
}
