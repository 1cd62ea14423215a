/** Who sends a request: someone who may read and write, someone who may only read, nobody (no token at all). */
export type PairIdentity = "writer" | "reader" | "none";

/** What of the contract a pair is about, so that a server that lacks it can say so in one place. */
export type PairFeature = "core" | "list" | "query" | "dryRun" | "batch";

/**
 * A request of the contract as data. In path, headers and body `{appId}` stands for the app's id, and `{etag:NAME}`
 * for an ETag that an earlier pair captured.
 */
export interface PairRequest {
  readonly method: "GET" | "PATCH" | "DELETE" | "POST";
  /** What follows the base URL, which ends in the version: `/deviceAppManagement/…`. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The text to send; absent where the request has no body. */
  readonly body?: string;
}

/**
 * A JSON value that an answer must hold, member by member. `"…"` stands for what no contract can know:
 *
 * - as a value: any value; inside a text: any text in its place;
 * - as the name of a member: further members may be there;
 * - as an element of an array: further elements may be there, anywhere.
 *
 * Where only the kind of a value is known, it stands for one of that kind: `"{count}"` a counter's value, `"{guid}"` an
 * id, `"{etag}"` an ETag, `"{text}"` a text that is not empty. `{base}`, at the beginning of a text, is the base URL of
 * the request; where that is unknown, any.
 */
export type ExpectedJson =
  | string
  | number
  | boolean
  | null
  | readonly ExpectedJson[]
  | { readonly [name: string]: ExpectedJson };

/**
 * The error that an answer must hold. A member that is absent here must be absent there. A message and the date and ids
 * of `innerError` must be there, whatever they say.
 */
export interface ExpectedError {
  readonly code: string;
  readonly target?: string;
  /** The target of each detail, in order. */
  readonly details?: readonly string[];
}

/** The answer of the contract as data: everything of it that a server is held to. */
export interface PairAnswer {
  readonly status: number;
  /**
   * `{etag:NAME}` is captured the first time that it stands here, and compared from then on. It must be an ETag that no
   * earlier pair captured.
   */
  readonly headers?: Readonly<Record<string, string>>;
  /** The body of a success. */
  readonly body?: ExpectedJson;
  readonly error?: ExpectedError;
}

/** A request with the answer that every server of the contract gives to it. */
export interface GoldenPair {
  /** A sentence that no other pair has. */
  readonly name: string;
  readonly feature: PairFeature;
  readonly identity: PairIdentity;
  readonly request: PairRequest;
  readonly expected: PairAnswer;
}
