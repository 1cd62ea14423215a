import type { PairIdentity } from "../format/golden-pair.ts";

/** A request, read whole, of a caller who is known. */
export interface MemoryRequest {
  readonly method: string;
  /** The URL up to the version, where every link in the response begins. */
  readonly base: string;
  /** The path with its query, as it follows the origin. */
  readonly path: string;
  /** By names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly identity: PairIdentity;
}

/** A response as data. */
export interface MemoryResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** A text is sent as it is, any other value as JSON. */
  readonly body?: unknown;
}
