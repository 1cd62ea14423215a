import type { GraphError } from "../http/graph-error.ts";
import type { FailureFacts } from "../outcome/classify-failure.ts";
import type { ReadSummary } from "../outcome/judge-outcome.ts";
import type { ChangeStep } from "../outcome/change-state.ts";
import type { InstallSummaryEdit } from "../patch/edit.ts";
import type { EditConflict } from "../patch/rebase.ts";
import type { InstallSummary } from "../resource/install-summary.ts";
import type { ChangeOrigin, ClientOrigin } from "../resource/change-origin.ts";
import type { RequestHeaders } from "./client-options.ts";

/** What every call takes. */
export interface RequestOptions {
  /** Ends its requests, its retries and its waits. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Headers for its requests, beside those of the client. The client's own, such as `Authorization`, win. `If-Match` is
   * refused: the option `ifMatch` guards a change.
   */
  readonly headers?: RequestHeaders | undefined;
}

/** Which apps a page holds. */
export interface PageOptions extends RequestOptions {
  /** Words that the name or the publisher must all contain; several in double quotes count as one. */
  readonly search?: string | undefined;
  /** How many apps a page holds at most. */
  readonly top?: number | undefined;
}

/** Which apps `list` gives; all of them by default. */
export type ListOptions = PageOptions;

/** Which pages `pages` gives, and whether they carry a count. */
export interface PagesOptions extends PageOptions {
  /** Whether each page says how many apps there are on all pages. */
  readonly count?: boolean | undefined;
}

/** Which changes `changes` gives; all of them by default. */
export interface ChangesOptions extends RequestOptions {
  readonly appId?: string | undefined;
  /** Who made them; `me` is the owner of the token. */
  readonly actor?: string | undefined;
  readonly origin?: ChangeOrigin | undefined;
  /** The first moment, as a date or as RFC 3339. */
  readonly since?: Date | string | undefined;
  /** The moment before which they were made. */
  readonly until?: Date | string | undefined;
  /** The cursor of the change that they follow in their order. */
  readonly after?: string | undefined;
  /**
   * Oldest first, or latest first.
   *
   * @default "asc"
   */
  readonly order?: "asc" | "desc" | undefined;
  /** How many changes each request asks for. */
  readonly top?: number | undefined;
  /**
   * Whether to go on with changes as they are made, oldest first, until `signal` or the loop ends it: as events of a
   * stream, or, with `until` and where the server has no place for one more stream, by asking again and again. Without
   * `after` and `since` it begins with what comes from now on. A server that cannot be reached is asked again, with the last
   * cursor.
   *
   * @default false
   */
  readonly follow?: boolean | undefined;
  /**
   * Milliseconds between two requests when nothing new was there, or before a stream is asked for again.
   *
   * @default 1000
   */
  readonly every?: number | undefined;
  /** Called with the error when following is interrupted, and each time that trying again has failed. */
  readonly onInterrupted?: ((error: unknown) => void) | undefined;
  /** Called when following goes on after that. */
  readonly onResumed?: (() => void) | undefined;
  /**
   * Called where the oldest changes of the log, or of that of the app, were removed: what is read is then not all that ever
   * was.
   */
  readonly onOlderRemoved?: (() => void) | undefined;
}

/** What a change is sent with. */
export interface ChangeOptions extends RequestOptions {
  /**
   * The ETag that the summary must still have, as it was read. Left out, the last writer wins. Given as `undefined`,
   * which is what a host without ETags leaves in `etag`, the call is refused: asked protection is never dropped.
   */
  readonly ifMatch?: string | undefined;
  /** Left out, the change log says `api`. */
  readonly origin?: ClientOrigin | undefined;
  /**
   * The `client-request-id` of the change, the same each time that it is sent, by which a change log knows it again. Each
   * change needs one of its own: a server takes another change with the same id and the same values for a repetition, and
   * does not apply it. So never give the id of a session, or of a request that several changes come from.
   *
   * @default a random GUID
   */
  readonly clientRequestId?: string | undefined;
}

/** A failure together with the error that it was. */
export interface SendFailure extends FailureFacts {
  readonly error: unknown;
}

/** How a change is guarded, made and looked for. */
export interface UpdateOptions extends ChangeOptions {
  /**
   * The summary as it was read, which the change was made on. A change that no response confirmed is then judged by its
   * values too: a store that was made anew may use the ETag of `ifMatch` for others.
   */
  readonly base?: InstallSummary | undefined;
  /**
   * Whether to ask only what the change would come to: nothing is changed. A host that does not know dry runs is
   * refused (`ClientError`, `DryRunNotSupported`) and never sees the patch.
   */
  readonly dryRun?: boolean | undefined;
  /**
   * Called with each next step after a failure: what went wrong so far, what follows, and when. Gets a frozen copy. What it
   * throws ends the call, where the change is open with an `UnconfirmedChangeError`.
   */
  readonly onStep?: ((step: ChangeStep<SendFailure>) => void) | undefined;
}

/** How an edit meets the changes of others. */
export interface EditOptions
  extends RequestOptions, Pick<UpdateOptions, "origin" | "clientRequestId" | "onStep"> {
  /** The summary as it was read before, and shown: the edit is made on it. Left out, it is read first. */
  readonly base?: ReadSummary | undefined;
  /** Called with the 412 of an edit, before the summary is read again. */
  readonly onRefused?: ((refusal: GraphError) => void) | undefined;
  /**
   * Decides about counters that conflict: returns an edit of them, made on `theirs`. A counter that it leaves out keeps
   * the value that it has there. Undefined, or no such function, ends in an `EditConflictError`.
   */
  readonly onConflict?:
    | ((
        /** A frozen copy, as `theirs` is. */
        conflicts: readonly EditConflict[],
        theirs: ReadSummary,
      ) => InstallSummaryEdit | undefined | Promise<InstallSummaryEdit | undefined>)
    | undefined;
  /**
   * Whether to edit on a host without ETags too. What someone else writes there between reading and sending is
   * overwritten.
   *
   * @default false
   */
  readonly unguarded?: boolean | undefined;
  /**
   * How often the edit is sent at most when someone else changes the summary each time. Then the last refusal is
   * thrown, a `GraphError` 412.
   *
   * @default 10
   */
  readonly tries?: number | undefined;
}
