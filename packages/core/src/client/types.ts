import type { ClientOrigin } from "../resource/change-origin.ts";
import type { CounterName } from "../resource/counters.ts";
import type { InstallSummaryEdit } from "../patch/edit.ts";
import type { InstallSummary, InstallSummaryPatch } from "../resource/install-summary.ts";
import type { MobileApp } from "../resource/mobile-app.ts";
import type { EditConflict } from "../patch/rebase.ts";

/** How to reach a server that has the contract: a facade, or a Graph host. */
export interface ClientOptions {
  /** The URL up to the version, such as `http://127.0.0.1:8420/beta`. */
  readonly baseUrl: string;
  /**
   * Gives the bearer token. It is asked before every request, and once again when the server refuses the token
   * (401), then with the refused one, so that a cache can drop it. What it throws reaches the caller as it is.
   */
  readonly token: (refused?: string) => string | Promise<string>;
  /** @default globalThis.fetch */
  readonly fetch?: typeof globalThis.fetch;
  /**
   * Milliseconds for each request to be answered whole.
   *
   * @default 30000
   */
  readonly timeout?: number;
  /**
   * Milliseconds for the token function to give a token; longer than `timeout` where a person signs in.
   *
   * @default timeout
   */
  readonly tokenTimeout?: number;
  /**
   * How often a request is sent again at most: a read after 429, 503, 504 and network errors, a PATCH after 429 and
   * 503 only, since after a lost answer it may have been applied. A `Retry-After` is honoured up to 30 seconds; a
   * longer one ends in the error that carries it. Without one, the headers for it that ky knows (`RateLimit-Reset` and
   * the like) are, of them 30 seconds at most.
   *
   * @default 3
   */
  readonly retry?: number;
  /** Headers for every request. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** What every request takes: a signal that ends it, its retries and its waits. */
export interface RequestOptions {
  readonly signal?: AbortSignal | undefined;
}

/** Which apps a page holds. */
export interface PageOptions extends RequestOptions {
  /** Words that all stand in the name or the publisher; several in double quotes count as one. */
  readonly search?: string | undefined;
  /** How many apps a page holds at most. */
  readonly top?: number | undefined;
}

/** Which apps `list` gives; all of them, page by page, when nothing is said. */
export type ListOptions = PageOptions;

/** Which pages `pages` gives. */
export interface PagesOptions extends PageOptions {
  /** Whether each page says how many apps there are on all pages. */
  readonly count?: boolean | undefined;
}

/** How a change is guarded, made and looked for. */
export interface UpdateOptions extends RequestOptions {
  /**
   * The ETag that the summary must still have, as it was read. Left out, the last writer wins. Given as `undefined`,
   * which is what a host without ETags leaves in `etag`, the call is refused: asked protection is never dropped.
   */
  readonly ifMatch?: string | undefined;
  /** Left out, the change log says `api`. */
  readonly origin?: ClientOrigin | undefined;
  /**
   * Whether to ask only what the change would come to: nothing is changed. A host that does not know dry runs is
   * refused (`GraphError` 501, `DryRunNotSupported`) and does not get to see the patch.
   */
  readonly dryRun?: boolean | undefined;
  /**
   * What to do when no answer comes, because of the network, a timeout, or a gateway's 502 or 504; when a success cannot
   * be read; when the last answer is 408 or another 5xx, which may be said of a change that was applied, too; or when a
   * change is repeated after a 503, and fails. `settle` reads the summary again and finds out. `throw` throws at once
   * what lost the answer, for callers that find out by themselves.
   *
   * @default "settle"
   */
  readonly lostAnswer?: "settle" | "throw" | undefined;
}

/** How an edit meets the changes of others. */
export interface EditOptions extends RequestOptions {
  /** Left out, the change log says `api`. */
  readonly origin?: ClientOrigin | undefined;
  /**
   * Decides what becomes of counters that conflict: gives an edit of them, made on `theirs`. A counter that it leaves
   * out stays as it is there. Undefined, or no such function, ends in an `EditConflictError`.
   */
  readonly onConflict?:
    | ((
        conflicts: readonly EditConflict[],
        theirs: ReadSummary,
      ) => InstallSummaryEdit | undefined | Promise<InstallSummaryEdit | undefined>)
    | undefined;
  /**
   * Whether to edit on a host without ETags too, where what someone else writes between reading and sending is
   * overwritten.
   *
   * @default false
   */
  readonly unguarded?: boolean | undefined;
  /**
   * How often the patch is sent at most when others are faster each time; the last refusal is then thrown, a
   * `GraphError` 412.
   *
   * @default 10
   */
  readonly tries?: number | undefined;
}

/** A summary with the ETag of its version, where the host has ETags. */
export interface ReadSummary {
  readonly summary: InstallSummary;
  readonly etag: string | undefined;
}

/** A plausibility warning as a server gave it. Its code is one of core's `WarningCode`, or one of a later version. */
export interface AnsweredWarning {
  readonly code: string;
  readonly message: string;
  readonly counters: readonly CounterName[];
}

/** The summary after a change. */
export interface UpdatedSummary extends ReadSummary {
  /** What looks implausible about the change; in dry runs only. */
  readonly warnings?: readonly AnsweredWarning[];
  /** There, when the answer was lost and reading again told that the change was applied. */
  readonly wasLost?: true;
}

/** An app with its summary and the ETag of the summary's version, where the host has ETags. */
export type ListedApp = MobileApp & {
  readonly installSummary: InstallSummary;
  readonly etag: string | undefined;
};

/** A page of apps. */
export interface ListedPage {
  readonly apps: readonly ListedApp[];
  /** How many apps there are on all pages, where it was asked for. */
  readonly count?: number;
}

/**
 * Reads and updates install summaries over HTTP. An error answer, and an answer that lacks what it must have, is
 * thrown as `GraphError`; ky's `NetworkError` and `TimeoutError` pass through.
 */
export interface InstallSummaryClient {
  /** The summary of one app. */
  get(appId: string, options?: RequestOptions): Promise<ReadSummary>;
  /** One app with its summary. */
  getApp(appId: string, options?: RequestOptions): Promise<ListedApp>;
  /** The apps of the tenant with their summaries; the next page is fetched when it is reached. */
  list(options?: ListOptions): AsyncIterable<ListedApp>;
  /** The same, page by page. */
  pages(options?: PagesOptions): AsyncIterable<ListedPage>;
  /**
   * Sets some counters and gives the summary as it is then. After a lost answer it reads again: a change that was
   * applied is given as such; one that was not is sent once more where a single ETag guards it; else a
   * `LostAnswerError` says what was found. Where nothing can be read either, what lost the answer is thrown: whether the
   * change was applied is then not known, but after a 204, whose error says that it was.
   */
  update(appId: string, patch: InstallSummaryPatch, options?: UpdateOptions): Promise<UpdatedSummary>;
  /**
   * Reads the summary, lets `change` say what is wanted, and sends that, guarded by the version that was read. When
   * someone else was faster it reads again, rebases and sends again. So, but for `unguarded`, no change of others is
   * ever overwritten, and `{ add: n }` is added exactly once. Nothing is sent where nothing is to change.
   *
   * A lost answer is settled as `update` does it. A relative edit then counts as applied when the values that it was
   * sent as are there, though someone else may have set the same ones; when they are not, it is never sent on another
   * version, but ends in a `LostAnswerError`.
   */
  edit(
    appId: string,
    change: (summary: InstallSummary) => InstallSummaryEdit | Promise<InstallSummaryEdit>,
    options?: EditOptions,
  ): Promise<UpdatedSummary>;
}
