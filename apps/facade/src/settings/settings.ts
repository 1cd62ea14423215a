/** What bounds one request and all of them together. */
export interface Limits {
  readonly bodyBytes: number;
  readonly urlBytes: number;
  readonly headerBytes: number;
  readonly headerSeconds: number;
  readonly requestSeconds: number;
  readonly keepAliveSeconds: number;
  readonly connections: number;
  /** Writes that may wait for a commit before the next one is answered 503. */
  readonly writes: number;
  /** The most apps on a page. */
  readonly pageSize: number;
  readonly importRows: number;
  readonly importBytes: number;
}

/** How this facade answers where the contract leaves a choice. */
export interface Policy {
  /** Answer every PATCH with 403. */
  readonly readOnly: boolean;
  /** Let application tokens in, by their app roles. */
  readonly allowApplication: boolean;
  /** Answer GET of a summary as `{"value": …}`, as one page of the documentation shows it. */
  readonly wrapGet: boolean;
  /** Answer a PATCH without If-Match with 428. */
  readonly requireIfMatch: boolean;
}

/** Everything that a facade is started with; `config.ts` makes it of flags, environment and file. */
export interface Settings {
  /** The folder that holds keys, logs and, by default, the store. */
  readonly data: string;
  /** Where the store is: `sqlite:` and the path of its file. */
  readonly store: string;
  readonly host: string;
  /** 0 picks a free port. */
  readonly port: number;
  readonly log: "text" | "json";
  readonly policy: Policy;
  readonly limits: Limits;
}

export const defaultPolicy: Policy = {
  readOnly: false,
  allowApplication: false,
  wrapGet: false,
  requireIfMatch: false,
};

export const defaultLimits: Limits = {
  bodyBytes: 64 * 1024,
  urlBytes: 8 * 1024,
  headerBytes: 16 * 1024,
  headerSeconds: 10,
  requestSeconds: 30,
  keepAliveSeconds: 65,
  connections: 2000,
  writes: 1000,
  pageSize: 1000,
  importRows: 2_000_000,
  importBytes: 1024 ** 3,
};
