/** What the load generator is to do, and what every answer must be. */
export interface LoadJob {
  readonly port: number;
  readonly method: "GET" | "PATCH";
  /** One request per path, in turn; `{id}` in what follows is the id in it. */
  readonly ids: readonly string[];
  /** With `{id}`, and `{n}` for a number that no other request has. */
  readonly path: string;
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
  /** What the first wrong answer was. */
  readonly firstBad?: string;
}
