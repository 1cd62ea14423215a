import type { Caller } from "./caller.ts";
import { checkTimes, type TokenTimes } from "./token-times.ts";

/** The accepted tokens, by digest; the oldest go when there are too many. */
export interface TokenCache {
  /** The caller of an accepted token. Throws the 401 once it has expired. */
  get(digest: string, now: number): Caller | undefined;
  add(digest: string, caller: Caller, times: TokenTimes): void;
}

export function createTokenCache(most = 10_000): TokenCache {
  const entries = new Map<string, { readonly caller: Caller; readonly times: TokenTimes }>();
  return {
    get(digest, now) {
      const entry = entries.get(digest);
      if (entry === undefined) return undefined;
      // Every time, and with every time of the token: clocks are set back, too.
      checkTimes(entry.times, now);
      return entry.caller;
    },
    add(digest, caller, { exp, nbf, iat }) {
      const [oldest] = entries.keys();
      if (entries.size >= most && oldest !== undefined) entries.delete(oldest);
      entries.set(digest, { caller, times: { exp, nbf, iat } });
    },
  };
}
