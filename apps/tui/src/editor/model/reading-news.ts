import type { KnownApp } from "../../words/known-app.ts";

/**
 * What reading an app came to, for its edits or for its change that was sent; `changed` where nothing of it is staged,
 * `…artly` where others have made some of its edits by themselves, which are staged no more; of a change that was applied
 * these were typed after it. `valuesThere` where values alone tell that it was. `typedSince` where others have made edits too
 * that were typed while the app was read.
 */
export type ReadingNews =
  | "failed"
  | "overtaken"
  | "unknown"
  | "ruledOut"
  | "ruledOutPartly"
  | "moved"
  | "partly"
  | "typedSince"
  | "changed"
  | "applied"
  | "appliedPartly"
  | "valuesThere"
  | "valuesTherePartly"
  | "changedSince"
  | "changedSincePartly"
  | "thereAlready"
  | "notApplied"
  | "unchanged";

/** What reading an app came to, and how that is told where it is the only one. */
export interface ToldReading {
  readonly app: Pick<KnownApp, "@odata.type" | "id" | "displayName">;
  readonly news: ReadingNews;
  readonly alone: { readonly text: string; readonly tone: "plain" | "wrong" };
  /** Why it could not be read. */
  readonly why?: string;
}
