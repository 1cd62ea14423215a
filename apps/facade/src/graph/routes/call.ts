import type { Caller } from "../../identity/caller.ts";
import type { Limits, Policy } from "../../settings/settings.ts";
import type { Store } from "../../store/store.ts";

/** A request that may do what it asks for: its caller is known, its path and verb are served. */
export interface GraphRequest {
  readonly caller: Caller;
  /** The request itself, whose body is not read yet. */
  readonly request: Request;
  /** The base URL as the caller knows it, ending in `/beta`. */
  readonly base: string;
  /** The query of its URL, without the question mark. */
  readonly query: string;
  /** The id under which changes are recorded. */
  readonly requestId: string;
}

/** What the routes work on. */
export interface Service {
  readonly store: Store;
  readonly policy: Policy;
  readonly limits: Pick<Limits, "bodyBytes" | "pageSize">;
}
