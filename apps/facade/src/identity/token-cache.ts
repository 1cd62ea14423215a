import type { Caller } from "./caller.ts";
import { checkTimes, type TokenTimes } from "./token.ts";

/** The accepted tokens by digest. When it is full, the oldest token goes. */
export interface TokenCache {
  /** The caller of an accepted token. Throws the 401 once it has expired. */
  get(digest: string, now: number): Caller | undefined;
  add(digest: string, caller: Caller, times: TokenTimes): void;
}

/** Makes an empty cache. */
export function createTokenCache(maxTokens = 10_000): TokenCache {
  const entries = new Map<string, { readonly caller: Caller; readonly times: TokenTimes }>();
  return {
    get(digest, now) {
      const entry = entries.get(digest);
      if (entry === undefined) return undefined;
      // All times of the token, at every use: a clock may be set back.
      checkTimes(entry.times, now);
      return entry.caller;
    },
    add(digest, caller, { exp, nbf, iat }) {
      const [oldest] = entries.keys();
      if (entries.size >= maxTokens && oldest !== undefined) entries.delete(oldest);
      entries.set(digest, { caller, times: { exp, nbf, iat } });
    },
  };
}
