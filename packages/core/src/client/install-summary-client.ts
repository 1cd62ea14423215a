import type { InstallSummary, InstallSummaryPatch } from "../install-summary.ts";
import type { MobileApp } from "../mobile-app.ts";

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
   * How often a request is sent again at most: a read after 429, 503, 504 and network errors, a PATCH after 429 and
   * 503 only, since after a lost answer it may have been applied. A `Retry-After` is honoured up to 30 seconds; a
   * longer one ends in the error that carries it.
   *
   * @default 3
   */
  readonly retry?: number;
  /** Headers for every request. */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface RequestOptions {
  readonly signal?: AbortSignal | undefined;
}

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

export interface UpdateOptions extends RequestOptions {
  /**
   * The ETag that the summary must still have, as it was read. Left out, the last writer wins. Given as `undefined`,
   * which is what a host without ETags leaves in `etag`, the call is refused: asked protection is never dropped.
   */
  readonly ifMatch?: string | undefined;
  /** What the change log says the change came through. */
  readonly origin?: "editor" | "command" | undefined;
}

/** A summary with the ETag of its version, where the host has ETags. */
export interface ReadSummary {
  readonly summary: InstallSummary;
  readonly etag: string | undefined;
}

/** An app with its summary and the ETag of the summary's version, where the host has ETags. */
export type ListedApp = MobileApp & {
  readonly installSummary: InstallSummary;
  readonly etag: string | undefined;
};

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
  /** Sets some counters and gives the summary as it is then. Never sent twice after a lost answer. */
  update(appId: string, patch: InstallSummaryPatch, options?: UpdateOptions): Promise<ReadSummary>;
}
