import { invalidToken } from "./unauthorized.ts";

/** The times of a token, in seconds. */
export interface TokenTimes {
  readonly exp: number;
  readonly nbf?: number | undefined;
  readonly iat?: number | undefined;
}

/** How far two clocks may be apart. */
const skew = 60;

/** Throws the 401 for a token that has expired or is not valid yet, by a clock in milliseconds. */
export function checkTimes({ exp, nbf, iat }: TokenTimes, now: number): void {
  const seconds = now / 1000;
  if (exp + skew <= seconds) throw invalidToken("Lifetime validation failed, the token is expired.");
  if (Math.max(nbf ?? 0, iat ?? 0) > seconds + skew) throw invalidToken("Access token is not yet valid.");
}
