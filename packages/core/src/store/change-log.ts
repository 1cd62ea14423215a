import type { ChangeOrigin } from "../resource/change-origin.ts";
import type { InstallSummaryChange } from "../resource/install-summary-change.ts";

/** One tenant's change log. Each change has a sequence, and what is committed later has a higher one. */
export interface ChangeLog {
  /**
   * Reads a page of changes. Who reads on in ascending order, each time after `next`, gets every change once, however
   * many are committed meanwhile.
   */
  readChanges(query: ChangeQuery): Promise<ChangePage>;

  /** The last sequence that the log has given out, to a change or to an erasure; 0 for a tenant that has never had a change. */
  readLastSequence(): Promise<number>;

  /**
   * Removes the oldest changes, each made before a moment in the form of `changedAt`, and at most `top` of them. It stops
   * at the first change that is younger. Resolves to the number of removed changes.
   */
  removeChanges(before: string, top: number): Promise<number>;

  /** Resolves once there are changes after a sequence, the tenant was erased, or the signal is aborted. */
  waitForChanges(after: number, signal: AbortSignal): Promise<void>;
}

/** Which changes of a log are read. */
export interface ChangeQuery {
  /** The maximum number of changes on the page. */
  readonly top: number;
  /** Ascending: oldest first. */
  readonly order: ChangeOrder;
  /** The sequence that the page goes on after, in its order: `next` of the page before. */
  readonly after?: number | undefined;
  readonly appId?: string | undefined;
  readonly actor?: string | undefined;
  readonly origin?: ChangeOrigin | undefined;
  /** The first moment: RFC 3339 in UTC with milliseconds, as `changedAt` is. */
  readonly since?: string | undefined;
  /** The moment before which the last change was made, in the same form. */
  readonly until?: string | undefined;
}

/** The order of a page: oldest or latest changes first. */
export type ChangeOrder = "asc" | "desc";

/** A page of a change log. */
export interface ChangePage {
  readonly changes: readonly LoggedChange[];
  /** The sequence to go on after. In descending order it is absent on the last page. */
  readonly next?: number;
  /**
   * Whether the log lacks changes between `after` and a page in ascending order: they were removed, or the log is another
   * one than that of the page before, such as a restored one.
   */
  readonly hasGap: boolean;
  /**
   * Whether changes before this page were removed: of the app, where the query names one. Absent where it is unknown,
   * because the page does not reach the oldest change.
   */
  readonly olderRemoved?: boolean;
}

/** A change as the log has it. */
export interface LoggedChange extends InstallSummaryChange {
  readonly sequence: number;
  /** The name that the app has now. */
  readonly displayName: string | null;
  /** The id that the caller gave its request; absent where the caller sent none. */
  readonly clientRequestId?: string;
}
