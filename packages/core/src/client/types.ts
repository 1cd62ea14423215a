import type { GraphError } from "../http/graph-error.ts";
import type { ReadSummary } from "../outcome/judge-outcome.ts";
import type { InstallSummaryEdit } from "../patch/edit.ts";
import type { CounterName } from "../resource/counters.ts";
import type { InstallSummary, InstallSummaryPatch } from "../resource/install-summary.ts";
import type { InstallSummaryChange } from "../resource/install-summary-change.ts";
import type { MobileApp } from "../resource/mobile-app.ts";
import type {
  ChangesOptions,
  EditOptions,
  ListOptions,
  PagesOptions,
  RequestOptions,
  ChangeOptions,
  UpdateOptions,
} from "./call-options.ts";

/** A plausibility warning from a server. Its code is one of core's `WarningCode`, or one of a later version. */
export interface DryRunWarning {
  readonly code: string;
  readonly message: string;
  readonly counters: readonly CounterName[];
}

/** A summary that was read, with its request. */
export interface GotSummary extends ReadSummary {
  /** The server's id of the request. */
  readonly requestId?: string | undefined;
}

/** The summary after a change. */
export interface UpdatedSummary extends GotSummary {
  /** What looks implausible about the change; in dry runs only. */
  readonly warnings?: readonly DryRunWarning[];
  /**
   * Present where no response acknowledged the change and reading told that it was applied: what each time that it was
   * sent was rejected with, oldest first.
   */
  readonly foundAfter?: readonly unknown[];
  /** What told that, with `foundAfter`: the log, or only its values, which may be someone else's. */
  readonly foundBy?: "log" | "values";
  /**
   * Present where the request had arrived before, such as by a gateway that sends it twice, and the server, which names its
   * id, has applied it once. The summary is the one that is there now; someone else may have changed it since.
   */
  readonly repeated?: true;
  /**
   * Present where a response without a body (204) told the version that the change made, and another one was there when the
   * summary was read after it: `etag` is of the summary, and someone else's.
   */
  readonly confirmedETag?: string;
}

/** The summary after an edit. */
export interface EditedSummary extends UpdatedSummary {
  /** What the edit was finally made on. */
  readonly on: ReadSummary;
  /** What was sent last; empty where nothing was left to change. */
  readonly patch: InstallSummaryPatch;
  /**
   * Present where nothing was left to change after a 412 that does not say that it was looked up: the values are there by
   * this very edit, behind a gateway that sends requests twice, or by someone else.
   */
  readonly refusal?: GraphError;
}

/** An app with its summary and the ETag of the summary's version, where the host has ETags. */
export type ListedApp = MobileApp & {
  readonly installSummary: InstallSummary;
  readonly etag: string | undefined;
};

/** An app that was read, with its request. */
export type GotApp = ListedApp & Pick<GotSummary, "requestId">;

/** A change of the server's log. */
export interface ListedChange extends InstallSummaryChange {
  /** Names its place in the log. */
  readonly cursor: string;
  /** The name that the app has now; null where it has none. */
  readonly displayName: string | null;
  /** The `client-request-id` that its request was sent with, where there was one. */
  readonly clientRequestId?: string;
  /** Present where the owner of the token made it. */
  readonly mine?: true;
}

/** A page of apps, with its request. */
export interface ListedPage extends Pick<GotSummary, "requestId"> {
  readonly apps: readonly ListedApp[];
  /** How many apps there are on all pages; present where it was asked for. */
  readonly count?: number;
  /** Present where no page follows. */
  readonly isLast?: true;
}

/** A change that was sent under one version, and how its request is known in a log. */
export interface SentChange {
  /** The version that guards it, as a server of versions writes it: `W/"7"`. */
  readonly ifMatch: string;
  /** The `client-request-id` that it was sent with. */
  readonly clientRequestId: string;
  /** The values that were sent. */
  readonly patch: InstallSummaryPatch;
}

/**
 * What a change log says of a change.
 *
 * - `applied`: it followed the version that guards it. Others may have changed the summary since.
 * - `notApplied`: another change followed that version, so this one was not applied and cannot be any more.
 */
export type ChangeRecord = "applied" | "notApplied";

/**
 * The same, or `mayBeOwn`: the account has made the same change of that version under another id that is none of
 * `randomChangeId`. It may be this one, whose id a gateway has replaced that is not the one behind which the log is read, as while
 * gateways are upgraded, or one of another program. Absolute values are there either way; of two equal amounts one may be missing.
 */
export type FoundRecord = ChangeRecord | "mayBeOwn";

/**
 * Reads and changes install summaries over HTTP. A server's refusal is thrown as `GraphError`, what the client itself
 * finds wrong as `ClientError`. ky's `NetworkError` and `TimeoutError` pass through from reads.
 */
export interface InstallSummaryClient {
  /** Reads the summary of one app. */
  get(appId: string, options?: RequestOptions): Promise<GotSummary>;
  /** Reads one app with its summary. */
  getApp(appId: string, options?: RequestOptions): Promise<GotApp>;
  /** The apps of the tenant with their summaries. The next page is fetched when it is reached. */
  list(options?: ListOptions): AsyncIterable<ListedApp>;
  /** The same, page by page. */
  pages(options?: PagesOptions): AsyncIterable<ListedPage>;
  /**
   * The changes that a facade of Install Summary has recorded, oldest first; with `follow` also those to come. Each is
   * given once. A cursor that is older than the log is a `GraphError` 410. A Graph host has no such log and responds with
   * an error.
   */
  changes(options?: ChangesOptions): AsyncIterable<ListedChange>;
  /**
   * Sets some counters and returns the summary as it is then. A change that no response confirmed is looked for: in the
   * summary, and where a single ETag guards it, in the log of a facade. Where that does not tell, and no response came but
   * perhaps a gateway's 502 or 504, it is sent once more under that ETag: it counts at most once, and a server that keeps
   * a record of requests says what became of the first one. One that was found to be applied is returned with
   * `foundAfter`; one that the log shows not to be is a `GraphError` 412 with `notApplied`.
   * Throws `UnconfirmedChangeError` where it may have been applied, and `ClientError` `ChangeNotRead` where it was and the
   * summary cannot be read. Every other error means that it was not applied, unless the signal ended the call.
   */
  update(appId: string, patch: InstallSummaryPatch, options?: UpdateOptions): Promise<UpdatedSummary>;
  /**
   * Sends a change exactly once. What its failure means is left to the caller, who drives `nextStep`: the change may
   * have been applied.
   */
  sendOnce(appId: string, patch: InstallSummaryPatch, options?: ChangeOptions): Promise<UpdatedSummary>;
  /**
   * Looks a change that no response confirmed up in the log of a facade: one that was sent under one version. Undefined
   * where that version is still the current one, or where the log never tells: the host has none, it does not reach back,
   * more than 10,000 changes of the app have followed, another account has used the id, or a gateway gives requests, or
   * writes alone, ids of its own. To know the latter it sends an empty patch under a version that is over, which changes
   * nothing, where the log has another change in the place. Rejects where that could not be asked now: ask again, since
   * values that are there may be someone else's. `update` and `edit` do this by themselves. Rejects where `signal` ends it,
   * too, and for arguments that do not fit.
   */
  findChange(appId: string, sent: SentChange, options?: RequestOptions): Promise<FoundRecord | undefined>;
  /**
   * Reads the summary, calls `change` for the edit that is wanted, and sends that, guarded by the version that was
   * read. When someone else has changed the summary in between it reads again, rebases the edit and sends it again. So
   * no change of others is overwritten (except with `unguarded`), and `{ add: n }` is added once. Nothing is sent where
   * nothing is to change. `rebaseRefused` says what a 412 means behind a gateway that sends requests twice.
   *
   * Values alone say what others have changed: a counter that was changed and changed back in between counts as untouched,
   * and an edit that sets it is sent. Where every other version is to stop a change, use `update` with `ifMatch`.
   *
   * A change that no response confirmed is looked for as in `update`. Where the server keeps no record of requests, a
   * relative edit then counts as applied when the values that it was sent as are there, although someone else may have
   * made them: `foundBy` or `refusal` tells that. Otherwise it is never sent on another version, but ends in an
   * `UnconfirmedChangeError`, also where the record has an equal change of the same account under another id.
   */
  edit(
    appId: string,
    /** Gets a frozen copy. */
    change: (summary: InstallSummary) => InstallSummaryEdit | Promise<InstallSummaryEdit>,
    options?: EditOptions,
  ): Promise<EditedSummary>;
}
