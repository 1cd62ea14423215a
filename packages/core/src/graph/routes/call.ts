import type { HeaderReader } from "../../http/header-reader.ts";
import { isUsableId } from "../../http/own-request-id.ts";
import type { Caller } from "../access/caller.ts";
import type { ChangeRequest, Store, StoreSession } from "../../store/store.ts";
import type { Resource } from "../path/resource-path.ts";

/** What the contract is served from. */
export interface Service {
  readonly store: Store;
  readonly policy: ServicePolicy;
  readonly limits: ServiceLimits;
}

/** How a service responds where the contract leaves a choice. */
export interface ServicePolicy {
  /** Responds to every PATCH with 403. */
  readonly readOnly: boolean;
  /** Accepts application tokens, by their app roles. */
  readonly allowApplication: boolean;
  /** Wraps a summary that is read in `{"value": …}`. */
  readonly wrapGet: boolean;
  /** Responds to a PATCH without If-Match with 428. */
  readonly requireIfMatch: boolean;
}

/** What bounds one request. */
export interface ServiceLimits {
  readonly bodyBytes: number;
  /** The maximum size of the body of a batch. */
  readonly batchBytes: number;
  readonly urlBytes: number;
  /** The maximum size of the headers of a request in a batch; those of any other are up to the server. */
  readonly headerBytes: number;
  /** The maximum number of apps on a page. */
  readonly pageSize: number;
}

/** One request of a known caller: an HTTP request, or an item of a batch. */
export interface Call {
  readonly caller: Caller;
  readonly method: string;
  readonly resource: Resource;
  /** The query of the URL, without the question mark. */
  readonly query: string;
  readonly headers: HeaderReader;
  /** Reads the JSON body, as bytes or as the text that was sent: a parsed value would have lost exact numbers. */
  readonly body: () => Promise<Uint8Array | string>;
  /** The base URL as the caller knows it, ending in `/beta`. */
  readonly base: string;
  /** Gives the signal that is aborted when the caller goes away before the response. */
  readonly abandoned?: (() => AbortSignal) | undefined;
  /** The id under which a change is recorded. */
  readonly requestId: string;
}

/** The session of a caller who reads what takes long, for as long as the caller waits. */
export function readingSessionOf({ caller, abandoned }: Call): StoreSession {
  return { ...sessionOf(caller), abandoned };
}

/** The session of a caller who reads, or changes something through this origin. */
export function sessionOf({ tenantId, actor }: Caller, origin: StoreSession["origin"] = "api"): StoreSession {
  return { tenantId, actor, origin };
}

/** The ids under which a change is recorded: the service's, and the caller's own where one that is usable was sent. */
export function changeRequestOf({ requestId, headers }: Pick<Call, "requestId" | "headers">): ChangeRequest {
  const sent = headers.get("client-request-id");
  return { requestId, clientRequestId: sent !== null && isUsableId(sent) ? sent : undefined };
}
