import type { ExpectedJson } from "./expected-json.ts";

/** The caller: one who may read and write, one who may only read, or one without a token. */
export type PairIdentity = "writer" | "reader" | "none";

/**
 * The part of the contract that a pair belongs to, so that a server without it can say so in one place: `list` reads
 * apps and pages of them, `query` selects from a summary, `filter` is `$filter`, `$orderby` and `$skip`, `count` the number of apps as a
 * resource, `dryRun` a PATCH that commits nothing, `batch` several requests in one, `repetition` that a PATCH which arrives
 * twice counts once, `gzip` that a body may be compressed.
 */
export type PairFeature =
  | "core"
  | "list"
  | "query"
  | "filter"
  | "count"
  | "dryRun"
  | "batch"
  | "repetition"
  | "gzip";

/**
 * A request of the contract as data. In path, headers and body `{appId}` is the app's id, `{APPID}` the same in upper case;
 * `{etag:NAME}`, `{guid:NAME}` and `{text:NAME}` are what an earlier pair captured under that name, and `{opaque:NAME}` is
 * what the ETag of that name holds in its quotes.
 */
export interface PairRequest {
  readonly method: "GET" | "HEAD" | "OPTIONS" | "PATCH" | "POST" | "PUT" | "DELETE";
  /** The path below the base URL, which ends in the version: `/deviceAppManagement/…`. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The text to send; absent where the request has no body. */
  readonly body?: string;
  /** The content coding in which the text is sent, as `headers` declare it. Without it the text is sent as it is. */
  readonly coding?: "gzip";
}

/**
 * The error that a response must hold. Without `target` here the error must have none; without `detailTargets` it must
 * have no details. The message and the date and ids of `innerError` must be there, with any content.
 */
export interface ExpectedError {
  readonly code: string;
  /** The code of `innerError`; absent here, `innerError` may have any code or none. */
  readonly innerCode?: string;
  readonly target?: string;
  /** The target of each of the `details`, in order. */
  readonly detailTargets?: readonly string[];
}

/** Status and headers of an expected response. */
export interface PairResponseHead {
  readonly status: number;
  /** The headers that are compared; null for one that must be absent. The order of a list does not matter. */
  readonly headers?: Readonly<Record<string, string | null>>;
}

/**
 * The response of the contract as data: everything that a server is held to. Its body is JSON like `body`, or an error;
 * with neither, the body must be empty.
 */
export type PairResponse =
  | (PairResponseHead & { readonly body?: ExpectedJson; readonly error?: never })
  | (PairResponseHead & { readonly error: ExpectedError; readonly body?: never });

/** A request with the response that every server of the contract gives to it. */
export interface GoldenPair {
  /** Its place in the contract, from 1. It is written at the pair and never changes. */
  readonly number: number;
  /** A sentence that no other pair has. */
  readonly name: string;
  readonly feature: PairFeature;
  readonly identity: PairIdentity;
  readonly request: PairRequest;
  readonly expected: PairResponse;
}
