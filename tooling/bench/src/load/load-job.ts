/** What the load generator does, and what every response must be. */
export interface LoadJob {
  readonly port: number;
  readonly method: "GET" | "PATCH";
  /** With `{id}` for the id of a sample app, and `{n}` for a number that no other request has. */
  readonly path: string;
  /** How many sample apps there are; requests go to all of them, in no order. */
  readonly apps: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly expected: { readonly status: number; readonly contains: readonly string[] };
  readonly connections: number;
  readonly milliseconds: number;
}

/** What the load generator saw. */
export interface LoadResult {
  readonly requests: number;
  readonly bad: number;
  readonly milliseconds: number;
  readonly p50Us: number;
  readonly p99Us: number;
  readonly maxUs: number;
  /** The share of the time for which the load generator itself was computing. */
  readonly busy: number;
  /** The first wrong response. */
  readonly firstBad?: string;
}
