import type { GraphError } from "../../http/graph-error.ts";
import type { HeaderReader } from "../../http/header-reader.ts";
import { isUsableId } from "../../http/own-request-id.ts";
import { randomRequestId } from "../../http/random-request-id.ts";
import type { ByteLimit } from "../../store/limit-error.ts";
import type { StoreSession } from "../../store/store.ts";
import { asciiLowerCase } from "../../text/ascii-case.ts";

/** What a request brings beside its method and URL. A server may read it at less cost than a `Request` does. */
export interface RequestInput {
  readonly headers: HeaderReader;
  /**
   * Reads the bytes of the body. Throws `GraphError` 413 as soon as there are more than the limit, and 400 where the
   * body ends early.
   */
  readonly readBytes: (limit: ByteLimit) => Promise<Uint8Array>;
  /** The connection that the request came on, where the server can tell. Others may have come on it before. */
  readonly connection?: object | undefined;
  /** The address that the request came from: the caller's, or that of a proxy before the service. */
  readonly remoteAddress?: string | undefined;
  /** Reads the bytes of the body as they come, where the server can do that. Throws `GraphError` 400 where it ends early. */
  readonly readChunks?: (() => AsyncIterable<Uint8Array>) | undefined;
  /** Gives the signal that is aborted when the caller goes away before the response, where the server can tell. */
  readonly abandoned?: (() => AbortSignal) | undefined;
  /**
   * Is told whose request it is, or without a caller that it needs none, where the server bounds what each caller has: requests
   * in flight, and bytes of bodies. Throws the 503 for a caller who has too many requests.
   */
  readonly claim?: ((caller?: Pick<StoreSession, "tenantId" | "actor">) => void) | undefined;
  /** Is told what a body holds once it is inflated, beside what was read of it. Throws the 503 where bodies hold too much. */
  readonly holdBody?: ((length: number) => void) | undefined;
  /** Ends the connection at once, so that a response that has begun does not look whole, where the server can do that. */
  readonly cut?: (() => void) | undefined;
}

/** The ids of one request in responses and logs. */
export interface RequestIds {
  /** A fresh GUID. */
  readonly requestId: string;
  /** The caller's own id for the request, or the same as `requestId`. */
  readonly clientRequestId: string;
  /** What every response to this request says beside what all responses say. */
  readonly extraHeaders?: Readonly<Record<string, string>> | undefined;
}

/** The parts of an absolute URL, still percent-encoded. */
export interface RequestUrl {
  /** Scheme and host, such as `http://localhost:8420`. */
  readonly origin: string;
  /** Host and port. */
  readonly host: string;
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
}

/** A request on its way to its response. The mutable members are set as they become known; the log says most of them. */
export interface Exchange extends RequestInput, RequestIds {
  readonly method: string;
  /** As the caller wrote it, also where a proxy passed it on. */
  url: RequestUrl;
  extraHeaders?: Readonly<Record<string, string>> | undefined;
  /** What the path names, such as `summary`. */
  resource?: string | undefined;
  /** The id of the app that the path names. */
  app?: string | undefined;
  /** The caller's tenant and name, once the token is verified. */
  tenant?: string | undefined;
  actor?: string | undefined;
  /** Whether an earlier arrival of the same request was applied, so that this one changed nothing. */
  isRepeated?: boolean | undefined;
  /** The error that the request ended with. */
  error?: GraphError | undefined;
  /** The requests of a batch, once all of them have ended. */
  items?: readonly EndedItem[] | undefined;
}

/** A request of a batch that has ended. */
export interface EndedItem {
  readonly exchange: Exchange;
  readonly status: number;
  /** How long it took, in milliseconds. */
  readonly ms: number;
}

/** Begins the exchange of a request. */
export function openExchange({ method, url }: Request, input: RequestInput): Exchange {
  return beginExchange(method, splitUrl(url), input);
}

/** The same for a request whose URL is in parts. */
export function beginExchange(
  method: string,
  url: RequestUrl,
  {
    headers,
    readBytes,
    readChunks,
    connection,
    remoteAddress,
    abandoned,
    claim,
    holdBody,
    cut,
  }: RequestInput,
): Exchange {
  const { requestId, clientRequestId } = createRequestIds(headers.get("client-request-id"));
  return {
    requestId,
    clientRequestId,
    method,
    url,
    headers,
    readBytes,
    connection,
    remoteAddress,
    extraHeaders: undefined,
    readChunks,
    abandoned,
    claim,
    holdBody,
    cut,
    resource: undefined,
    app: undefined,
    tenant: undefined,
    actor: undefined,
    isRepeated: undefined,
    error: undefined,
    items: undefined,
  };
}

/** Gives a request its ids. The caller's own id is kept if it is usable, and replaced by a fresh one if not. */
export function createRequestIds(sent: string | null): RequestIds {
  const requestId = randomRequestId();
  if (sent === null) return { requestId, clientRequestId: requestId };
  return { requestId, clientRequestId: isUsableId(sent) ? sent : randomRequestId() };
}

/** Splits an absolute URL. Making a `URL` of it would cost more than the rest of a request. */
export function splitUrl(url: string): RequestUrl {
  const hostAt = url.indexOf("//") + 2;
  const pathAt = url.indexOf("/", hostAt);
  const fragmentAt = url.indexOf("#", pathAt);
  const end = fragmentAt === -1 ? url.length : fragmentAt;
  const mark = url.indexOf("?", pathAt);
  const queryAt = mark === -1 || mark > end ? end : mark;
  return {
    origin: url.slice(0, pathAt),
    host: url.slice(hostAt, pathAt),
    path: url.slice(pathAt, queryAt),
    query: url.slice(queryAt + 1, end),
  };
}

/**
 * The path by which a request is routed: its first segment decoded and in lower case, and no empty segments. What
 * follows the first segment is kept as it was sent.
 */
export function routingPath(path: string): string {
  if (path.startsWith("/beta/")) return path;
  const [first = "", ...rest] = path.split("/").filter((segment) => segment !== "");
  return `/${[asciiLowerCase(decodeName(first)), ...rest].join("/")}`;
}

/** An encoded slash must not split the segment, and a malformed segment names nothing. */
function decodeName(segment: string): string {
  try {
    const name = decodeURIComponent(segment);
    return name.includes("/") ? segment : name;
  } catch {
    return segment;
  }
}
