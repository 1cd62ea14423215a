import type { FoundDraft } from "../../changes/drafts/draft.ts";

/** What the editor knows of drafts on disk. */
export interface Drafts {
  /** Whether those of ended editors have been looked for. */
  readonly wereSought: boolean;
  /** Those that the person has not decided on, the newest first. */
  readonly found: readonly FoundDraft[];
  /** Whether some of them are just being taken over. */
  readonly isClaiming: boolean;
  /** Why drafts cannot be kept, as the end of a sentence; undefined where they are. */
  readonly failure: string | undefined;
  /** Apps that have a draft in another editor that runs. */
  readonly elsewhere: ReadonlySet<string>;
}

/** Before anything was read. */
export const noDrafts: Drafts = {
  wereSought: false,
  found: [],
  isClaiming: false,
  failure: undefined,
  elsewhere: new Set(),
};
