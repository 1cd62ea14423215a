import type { RequestHeaders } from "../../http/request-input.ts";
import type { Caller } from "../../identity/caller.ts";
import type { Limits, Policy } from "../../settings/settings.ts";
import type { Store, StoreSession } from "../../store/store.ts";
import type { Resource } from "../path/resource-path.ts";

/** What the contract is served from. */
export interface Service {
  readonly store: Store;
  readonly policy: Policy;
  readonly limits: Pick<Limits, "bodyBytes" | "pageSize">;
}

/** One request of a known caller: an HTTP request, or an item of a batch. */
export interface Call {
  readonly caller: Caller;
  readonly method: string;
  readonly resource: Resource;
  /** The query of the URL, without the question mark. */
  readonly query: string;
  readonly headers: RequestHeaders;
  /** Reads the JSON body, as bytes or as the text that was sent: a parsed value would have lost exact numbers. */
  readonly body: () => Promise<Uint8Array | string>;
  /** The base URL as the caller knows it, ending in `/beta`. */
  readonly base: string;
  /** The id under which changes are recorded. */
  readonly requestId: string;
  /** The id that the caller gave the request; undefined where the caller sent none. */
  readonly clientRequestId: string | undefined;
}

/** The session of a caller who reads, or changes something through this origin. */
export function sessionOf({ tenantId, actor }: Caller, origin: StoreSession["origin"] = "api"): StoreSession {
  return { tenantId, actor, origin };
}
