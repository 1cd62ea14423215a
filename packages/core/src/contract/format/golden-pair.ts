/** Who sends a request: someone who may read and write, someone who may only read, nobody (no token at all). */
export type PairIdentity = "writer" | "reader" | "none";

/**
 * What of the contract a pair is about, so that a server that lacks it can say so in one place: `list` reads apps and
 * pages of them, `query` selects from a summary, `filter` is `$filter`, `count` the number of apps as a resource.
 */
export type PairFeature = "core" | "list" | "query" | "filter" | "count" | "dryRun" | "batch";

/**
 * A request of the contract as data. In path, headers and body `{appId}` stands for the app's id, and `{etag:NAME}`,
 * `{guid:NAME}` and `{text:NAME}` for what an earlier pair captured.
 */
export interface PairRequest {
  readonly method: "GET" | "HEAD" | "OPTIONS" | "PATCH" | "POST" | "PUT" | "DELETE";
  /** What follows the base URL, which ends in the version: `/deviceAppManagement/…`. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The text to send; absent where the request has no body. */
  readonly body?: string;
}

/**
 * A JSON value that an answer must hold, member by member. `"…"` stands for what no contract can know:
 *
 * - as a value: any value; inside a text: any text in its place, an empty one too;
 * - as the name of a member: further members may be there;
 * - as an element of an array: any number of further elements may be there, anywhere, so `["…"]` is any array, an empty
 *   one too; the other elements are each another one of the answer's.
 *
 * Where only the kind of a value is known, it stands for one of that kind: `"{count}"` a counter's value, `"{guid}"` an
 * id, `"{etag}"` an ETag, `"{text}"` a text that is not empty. `{base}`, at the beginning of a text, is the base URL of
 * the request; where the `Response` has no URL, any.
 *
 * `"{new etag:NAME}"` and `"{new guid:NAME}"` are captured under that name (of letters and digits) and must be another
 * than all that was captured before. `{new text:NAME}` is captured whatever it is, and may be the end of a longer text.
 * From then on `{etag:NAME}`, `{guid:NAME}` and `{text:NAME}` stand for it. Headers are compared in the same way.
 */
export type ExpectedJson =
  | string
  | number
  | boolean
  | null
  | readonly ExpectedJson[]
  | { readonly [name: string]: ExpectedJson };

/**
 * The error that an answer must hold. Without `target` here there must be none there, nor details without
 * `detailTargets`. A message and the date and ids of `innerError` must be there, whatever they say.
 */
export interface ExpectedError {
  readonly code: string;
  /** The code of `innerError`; where it is absent here, it is not looked at. */
  readonly innerCode?: string;
  readonly target?: string;
  /** The target of each of the `details`, in order. */
  readonly detailTargets?: readonly string[];
}

/** What every expected answer has. */
export interface PairAnswerHead {
  readonly status: number;
  /** The headers that are compared; null where one must not be there. The order of a list does not matter. */
  readonly headers?: Readonly<Record<string, string | null>>;
}

/**
 * The answer of the contract as data: everything of it that a server is held to. Its body is JSON like `body`, or an
 * error; where it has neither, it must be empty.
 */
export type PairAnswer =
  | (PairAnswerHead & { readonly body?: ExpectedJson; readonly error?: never })
  | (PairAnswerHead & { readonly error: ExpectedError; readonly body?: never });

/** A request with the answer that every server of the contract gives to it. */
export interface GoldenPair {
  /** Its place in the contract, from 1. */
  readonly number: number;
  /** A sentence that no other pair has. */
  readonly name: string;
  readonly feature: PairFeature;
  readonly identity: PairIdentity;
  readonly request: PairRequest;
  readonly expected: PairAnswer;
}
