/** How to reach a server of the contract: a facade, or a Graph host. */
export interface ClientOptions {
  /** The URL up to the version, such as `http://127.0.0.1:8420/beta`. */
  readonly baseUrl: string | URL;
  /**
   * Returns the bearer token. It is called before every request, and once more when the server refuses the token
   * (401), then with the refused token, so that a cache can drop it. An error that it throws reaches the caller unchanged,
   * a text as the message of an `Error`. Left out, no `Authorization` is sent: for a front end whose server knows it by a cookie.
   */
  readonly token?: ((refused?: string) => string | Promise<string>) | undefined;
  /** @default globalThis.fetch, the one that is there when a request is sent */
  readonly fetch?: typeof globalThis.fetch;
  /**
   * Milliseconds for each request until its whole response is there.
   *
   * @default 30000
   */
  readonly timeout?: number;
  /**
   * Milliseconds for the token function; longer than `timeout` where a person signs in.
   *
   * @default timeout
   */
  readonly tokenTimeout?: number;
  /**
   * How often a request is sent again at most: a read after 429, 503, 504 and network errors, a PATCH after 429 and
   * 503. It is also how often the summary is read again, after a failed read, to find out what became of a PATCH.
   * A wait that the server asks for is honoured up to 30 seconds; where it is longer, the error comes at once.
   *
   * @default 3
   */
  readonly retry?: number;
  /**
   * Headers for every request. A function is called for each request, such as for a `traceparent`; a request that is sent
   * again carries the same.
   */
  readonly headers?: RequestHeaders | (() => RequestHeaders) | undefined;
}

/** Headers of a request, by name. */
export type RequestHeaders = Readonly<Record<string, string>>;
