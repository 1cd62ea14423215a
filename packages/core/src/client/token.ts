import type { ClientOptions } from "./client-options.ts";
import { ClientError } from "./errors.ts";
import { markUnsent, throwIfAborted } from "../outcome/unsent-errors.ts";
import { untilAborted } from "./timing.ts";

/** Asks for the token of a request; `refused` is the one that the server has refused. Undefined for a client without tokens. */
export type TokenReader = (signal: AbortSignal | undefined, refused?: string) => Promise<string | undefined>;

/**
 * Makes the reader of the caller's token function. It throws `ClientError` for a token that no header can hold, and for
 * one that does not come within `timeout` milliseconds; an error that the function throws passes through.
 */
export function createTokenReader(getToken: ClientOptions["token"], timeout: number): TokenReader {
  return async (signal, refused) => {
    if (getToken === undefined) return undefined;
    const late = new AbortController();
    const timer = setTimeout(() => {
      late.abort(new ClientError("TokenTimeout", `The token function gave no token within ${timeout} ms.`));
    }, timeout);
    const stop = signal === undefined ? late.signal : AbortSignal.any([signal, late.signal]);
    const given = await untilAborted(() => getToken(refused), stop)
      .catch((error: unknown) => {
        throwIfAborted(signal);
        throw markUnsent(error);
      })
      .finally(() => clearTimeout(timer));
    // JavaScript callers may return the object that a credential gives.
    const token = typeof given === "string" ? given.trim() : "";
    if (/^[\u0021-\u007e]+$/.test(token)) return token;
    throw new ClientError(
      "InvalidToken",
      "The token function must return a non-empty string of ASCII characters without whitespace.",
    );
  };
}
