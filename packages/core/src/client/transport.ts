import ky, { isHTTPError } from "ky";
import { copyHead } from "../http/copy-head.ts";
import { guardOf } from "../http/etag.ts";
import { isGraphError } from "../http/graph-error.ts";
import { isNoResponseError } from "../http/no-response-error.ts";
import { readBody, type ReadBody } from "../http/read-body.ts";
import { repeatedHeader } from "../http/repeated-header.ts";
import { limitHeaders, parseRetryAfter, readRetryAfter } from "../http/retry-after.ts";
import { parseErrorResponse } from "./error-response.ts";
import { secretHider } from "./hide-secrets.ts";
import { requireWhole } from "./options.ts";
import { createHeaders, joinHeaders } from "./request-headers.ts";
import { isSaidOf } from "./said-of.ts";
import { beforeSending, throwIfAborted } from "../outcome/unsent-errors.ts";
import { shownError } from "./shown-error.ts";
import { createTokenReader } from "./token.ts";
import type { ClientOptions } from "./client-options.ts";

/** A request to send. */
export interface OutgoingRequest {
  readonly method: "GET" | "PATCH";
  readonly url: URL;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string | undefined>> | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called each time before it leaves: what fails without that was never sent. */
  readonly onSend?: (() => void) | undefined;
  /** How often it is sent again at most; by default as often as the client's option says. */
  readonly retry?: number;
  /** How much of the response is read, in MiB after it is decompressed. @default 1 */
  readonly maxSize?: number;
}

/** A success of a server, its body not parsed yet. */
export interface TextResponse extends ReadBody {
  /** The request, for messages. */
  readonly to: string;
  readonly status: number;
  readonly etag: string | undefined;
  readonly requestId: string | undefined;
  /** Whether it names the `client-request-id` that its request was sent with. */
  readonly isOwn: boolean;
  /** Whether the server says that an earlier arrival of the same request was applied: the request whose id it names. */
  readonly isRepeated: boolean;
  /** Hides in the text of an error what the response repeats of the token and the headers. */
  readonly hide: (text: string) => string;
}

type ResponseHead = Omit<TextResponse, keyof ReadBody>;

/** A success of a server whose body comes bit by bit. */
export interface OpenResponse extends ResponseHead {
  readonly contentType: string;
  readonly body: ReadableStream<Uint8Array> | null;
}

/** Sends a request with a token, again where that is safe, and throws every failure. */
export type Send = (call: OutgoingRequest) => Promise<TextResponse>;

/** How requests are sent. */
export interface Transport {
  readonly send: Send;
  /** Sends a request whose response has no end of its own; `signal` ends it. */
  readonly open: (call: OutgoingRequest) => Promise<OpenResponse>;
}

/** The longest wait, in milliseconds, that a server may ask for before a request is sent again. */
export const maxRetryWait = 30_000;

const maxTimer = 2_147_483_647;

/** The maximum size of a page of a list, in MiB: a facade's largest one, of 1,000 apps, usually takes 1 MiB. */
export const maxPageSize = 64;

/** Creates the transport of a client. Throws `RangeError` for times and counts that make no sense. */
export function createTransport(options: ClientOptions): Transport {
  // Looked up for each request: a test or a tracer may replace it after the client was made.
  const fetch = options.fetch ?? ((...request) => globalThis.fetch(...request));
  const commonHeaders = createHeaders(options.headers);
  const timeout = requireWhole("timeout", options.timeout ?? 30_000, 1, maxTimer);
  const tokenTimeout = requireWhole("tokenTimeout", options.tokenTimeout ?? timeout, 1, maxTimer);
  const readToken = createTokenReader(options.token, tokenTimeout);
  const retry = requireWhole("retry", options.retry ?? 3, 0, Number.MAX_SAFE_INTEGER);

  return {
    send: (call) => exchange(call, false, (head, _, read) => ({ ...head, ...read })),
    open: (call) =>
      exchange(call, true, (head, response) => ({
        ...head,
        contentType: response.headers.get("content-type") ?? "",
        body: response.body,
      })),
  };

  async function exchange<Result>(
    call: OutgoingRequest,
    isOpen: boolean,
    take: (head: ResponseHead, response: Response, read: ReadBody) => Result,
  ): Promise<Result> {
    let token = await readToken(call.signal);
    // The body of the last response: ky would parse that of an error, and so lose exact numbers and repeated names.
    let read: ReadBody = { body: "" };
    let clientRequestId: string | undefined;
    // Of every time that it was sent, since a token that was refused is one too.
    const sentHeaders = new Map<string, [name: string, value: string]>();
    // One for each error: it bounds how much of all its texts is kept.
    const hider = (): ResponseHead["hide"] => secretHider(sentHeaders.values());
    try {
      return await attempt();
    } catch (error) {
      if (token === undefined || !isGraphError(error) || error.status !== 401) throw error;
    }
    token = await readToken(call.signal, token);
    return attempt();

    async function attempt(): Promise<Result> {
      const response = await request().catch((error: unknown) => {
        if (!isHTTPError(error)) throw error;
        const known = { response: error.response, request: error.request, clientRequestId, hide: hider() };
        throw parseErrorResponse(known, read.body);
      });
      return take(headOf(call, response, clientRequestId, hider()), response, read);
    }

    function request(): Promise<Response> {
      const headers = beforeSending(() =>
        joinHeaders(commonHeaders(), { accept: "application/json" }, call.headers),
      );
      clientRequestId = headers.get("client-request-id") ?? undefined;
      return ky(call.url, {
        method: call.method,
        ...(call.body !== undefined && { json: call.body }),
        signal: call.signal ?? null,
        // A redirect would carry the request, and its token, to another address.
        redirect: "manual",
        timeout,
        retry: {
          limit: call.retry ?? retry,
          methods: ["get", "patch"],
          statusCodes: call.method === "GET" ? [429, 503, 504] : [429, 503],
          afterStatusCodes: [429, 503, 504],
          maxRetryAfter: maxRetryWait,
          backoffLimit: maxRetryWait,
          jitter: true,
          shouldRetry: ({ error }) => (isWorthRetrying(call, error) ? undefined : false),
        },
        hooks: {
          beforeRetry: [
            async () => {
              token = await readToken(call.signal);
            },
          ],
        },
        fetch: async (input, init) => send(new Request(input), headers, init),
      });
    }

    // Only here do the token and the headers join the request: ky's errors carry theirs, and errors end up in logs. The
    // body is read here too, so that the timeout and the retries of a read cover it.
    async function send(sent: Request, headers: Headers, init?: RequestInit): Promise<Response> {
      headers.forEach((value, name) => sent.headers.set(name, value));
      if (token !== undefined) sent.headers.set("authorization", `Bearer ${token}`);
      for (const one of sent.headers) sentHeaders.set(one.join(), one);
      call.onSend?.();
      try {
        const response = await fetch(sent, init);
        // A redirect as browsers show it, which cannot be copied.
        if (response.status === 0 || (isOpen && response.ok)) return response;
        read = await readBody(response, call.maxSize ?? 1);
        return tellWait(copyHead(response));
      } catch (error) {
        // What ended it, whatever this fetch makes of that.
        throwIfAborted(sent.signal);
        init?.signal?.throwIfAborted();
        throw failedFetch(error, hider());
      }
    }
  }
}

function headOf(
  call: OutgoingRequest,
  { status, headers }: Response,
  sentId: string | undefined,
  hide: ResponseHead["hide"],
): ResponseHead {
  return {
    to: `${call.method} ${call.url.href}`,
    status,
    etag: guardOf(headers.get("etag")),
    requestId: hide(headers.get("request-id") ?? "") || undefined,
    isOwn: isSaidOf(sentId, headers),
    isRepeated: headers.get(repeatedHeader) === "true",
    hide,
  };
}

/**
 * The error for any kind of error that a fetch throws: from there on the request may have reached the server. ky makes a
 * `NetworkError` of this one.
 */
function failedFetch(error: unknown, hide: ResponseHead["hide"]): TypeError {
  return new TypeError("fetch failed", { cause: shownError(error, hide) });
}

/** Tells ky how long to wait. It would count a time from the clock of this machine, and believe a limit that was not reached. */
function tellWait(head: Response): Response {
  const wait = readRetryAfter(head.status, (name) => head.headers.get(name));
  if (wait !== undefined) head.headers.set("retry-after", String(wait));
  for (const name of limitHeaders) head.headers.delete(name);
  return head;
}

/** Whether sending a request again does no harm and makes sense. */
function isWorthRetrying(call: OutgoingRequest, error: Error): boolean {
  if (isHTTPError(error)) {
    const wait = parseRetryAfter(error.response.headers.get("retry-after"), undefined) ?? 0;
    return wait * 1000 <= maxRetryWait;
  }
  // A PATCH without a response may have been applied.
  return call.method === "GET" || !isNoResponseError(error);
}
