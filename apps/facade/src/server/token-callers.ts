import { nobody } from "./caller-shares.ts";

/** Whose tokens are known, before a request is begun. */
export interface TokenCallers {
  /** The key of the caller whose request came with this `Authorization`; that of nobody where none did. */
  of(authorization: string | undefined): string;
  /** Notes whose request it was. */
  note(authorization: string | undefined, caller: string | undefined): void;
}

/** How many callers are remembered, each with the latest of the tokens; one that was forgotten counts as nobody. */
const max = { callers: 1000, tokens: 4 };

/**
 * Makes a memory of callers. However many tokens a caller has, or ways to write one, they wait in one place, and none of them
 * is remembered in the place of another caller's.
 */
export function createTokenCallers(): TokenCallers {
  const callers = new Map<string, string>();
  const tokens = new Map<string, string[]>();

  return {
    of: (authorization = "") => callers.get(authorization) ?? nobody,
    note(authorization, caller) {
      if (authorization === undefined || caller === undefined || callers.has(authorization)) return;
      const own = tokens.get(caller) ?? [];
      if (own.length === max.tokens) callers.delete(own.shift() ?? "");
      own.push(authorization);
      callers.set(authorization, caller);
      tokens.set(caller, own);
      const [oldest] = tokens.keys();
      if (tokens.size > max.callers && oldest !== undefined) forget(oldest);
    },
  };

  function forget(caller: string): void {
    for (const token of tokens.get(caller) ?? []) callers.delete(token);
    tokens.delete(caller);
  }
}
