import ky, { isHTTPError, isNetworkError, isTimeoutError } from "ky";
import { GraphError, isGraphError } from "../http/graph-error.ts";
import { answeredError } from "./error-response.ts";
import type { ClientOptions } from "./types.ts";
import { requireWhole } from "./require-whole.ts";
import { isLostAnswer } from "./is-lost-answer.ts";
import { readRetryAfter } from "./retry-after.ts";
import { untilAborted } from "./until-aborted.ts";

export interface Call {
  readonly method: "GET" | "PATCH";
  readonly url: URL;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal | undefined;
  /** A PATCH that changes nothing, so that no repetition of it can be in its own way. */
  readonly isDryRun?: true;
}

/** A success of a server, its body not judged yet. */
export interface Answer {
  /** The request that it answers, for messages. */
  readonly to: string;
  readonly status: number;
  readonly body: string;
  readonly etag: string | undefined;
  readonly requestId: string | undefined;
}

/** Sends a request with a token, again where that is safe, and throws what is no success. */
export type Transport = (call: Call) => Promise<Answer>;

/** Longer than so many milliseconds nobody is kept waiting. */
export const longestWait = 30_000;

const longestTimer = 2_147_483_647;

export function createTransport(options: ClientOptions): Transport {
  const fetch = options.fetch ?? globalThis.fetch.bind(globalThis);
  const timeout = requireWhole("timeout", options.timeout ?? 30_000, 1, longestTimer);
  const tokenTimeout = requireWhole("tokenTimeout", options.tokenTimeout ?? timeout, 1, longestTimer);
  const retry = requireWhole("retry", options.retry ?? 3, 0, Number.MAX_SAFE_INTEGER);

  return async (call) => {
    let token = await readToken(call.signal);
    let mayBeApplied = false;
    try {
      return await attemptTwice();
    } catch (error) {
      if (!mayBeApplied || call.signal?.aborted === true || isLostAnswer(error)) throw error;
      // A refusal now says nothing of the first one; a 412 may even be its doing.
      throw answerLost(call, error);
    }

    async function attemptTwice(): Promise<Answer> {
      try {
        return await attempt();
      } catch (error) {
        if (!isGraphError(error) || error.status !== 401) throw error;
      }
      token = await readToken(call.signal, token);
      return attempt();
    }

    async function attempt(): Promise<Answer> {
      const response = await request().catch((error: unknown) => {
        throw isHTTPError(error) ? answeredError(error) : error;
      });
      return {
        to: `${call.method} ${call.url.href}`,
        status: response.status,
        body: await response.text(),
        etag: response.headers.get("etag") ?? undefined,
        requestId: response.headers.get("request-id") ?? undefined,
      };
    }

    function request(): Promise<Response> {
      return ky(call.url, {
        method: call.method,
        ...(call.body !== undefined && { json: call.body }),
        headers: { ...options.headers, accept: "application/json", ...call.headers },
        signal: call.signal ?? null,
        // A redirect would carry the request to where nobody asked for.
        redirect: "manual",
        timeout,
        retry: {
          limit: retry,
          methods: ["get", "patch"],
          statusCodes: call.method === "GET" ? [429, 503, 504] : [429, 503],
          afterStatusCodes: [429, 503, 504],
          maxRetryAfter: longestWait,
          backoffLimit: longestWait,
          jitter: true,
          shouldRetry: ({ error }) => (mayRepeat(call, error) ? undefined : false),
        },
        hooks: {
          beforeRetry: [
            async ({ error }) => {
              const isChange = call.method === "PATCH" && call.isDryRun !== true;
              if (isChange && isHTTPError(error) && error.response.status === 503) mayBeApplied = true;
              token = await readToken(call.signal);
            },
          ],
        },
        fetch: send,
      });
    }

    // Only here does the token join the request: ky's errors carry theirs, and errors end up in logs. The body is
    // read here too, so that the timeout and the retries of a read cover it.
    async function send(input: string | URL | Request, init?: RequestInit): Promise<Response> {
      const authorized = new Request(input);
      authorized.headers.set("authorization", `Bearer ${token}`);
      const response = await fetch(authorized, init);
      // A redirect as browsers show it, which cannot be copied.
      if (response.status === 0) return response;
      const body = await response.arrayBuffer();
      return new Response(body.byteLength === 0 ? null : body, response);
    }
  };

  async function readToken(signal: AbortSignal | undefined, refused?: string): Promise<string> {
    const late = new AbortController();
    const timer = setTimeout(() => {
      late.abort(new Error(`The token function gave no token within ${tokenTimeout} ms.`));
    }, tokenTimeout);
    const stop = signal === undefined ? late.signal : AbortSignal.any([signal, late.signal]);
    const given = await untilAborted(() => options.token(refused), stop).finally(() => clearTimeout(timer));
    // From JavaScript comes what a credential gives, too: an object with the token in it.
    const token = typeof given === "string" ? given.trim() : "";
    if (/^[\u0021-\u007e]+$/.test(token)) return token;
    throw new TypeError(
      "The token function gave no usable token: it must be a text, not empty, without blanks and line breaks in it.",
    );
  }
}

/** Whether sending a request again can do no harm and makes sense. */
function mayRepeat(call: Call, error: Error): boolean {
  if (isHTTPError(error)) return (readRetryAfter(error.response.headers) ?? 0) * 1000 <= longestWait;
  // After a lost answer nobody knows whether a PATCH was applied.
  return call.method === "GET" || !(isNetworkError(error) || isTimeoutError(error));
}

/** A 503 may come from a gateway though the server behind it applied the change: no later answer speaks of that. */
function answerLost({ method, url }: Call, cause: unknown): GraphError {
  const why = cause instanceof Error ? cause.message : String(cause);
  const message = `${method} ${url.href} was answered with 503: whether it was applied is not known. Sent again it failed. ${why}`;
  const requestId = isGraphError(cause) ? cause.requestId : undefined;
  return new GraphError({ status: 504, code: "AnswerLost", message, requestId, cause });
}
