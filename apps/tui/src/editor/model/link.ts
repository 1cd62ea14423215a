import type { Failure } from "../../server/failure.ts";

/** How the server can be reached, as the last reading of the list showed it. */
export type Link =
  | { readonly kind: "connecting" }
  | { readonly kind: "online" }
  /** Trying again by itself at `until`, or right now; `tries` failed in a row. */
  | {
      readonly kind: "waiting";
      readonly failure: Failure;
      readonly tries: number;
      readonly until: number | undefined;
    }
  /** Only the person can go on. */
  | { readonly kind: "down"; readonly failure: Failure };

/** A server that fails is asked so often; one that is not reached, for ever. */
export const mostTries = 5;

/** What follows on a failed reading: when to try again, or that it makes no sense. */
export function linkAfter(link: Link, failure: Failure, now: number): Link {
  const tries = link.kind === "waiting" ? link.tries + 1 : 1;
  const isUnreachable = failure.kind === "noAnswer";
  const isFailing = failure.kind === "answer" && (failure.status >= 500 || failure.status === 429);
  if (!isUnreachable && !(isFailing && tries < mostTries)) return { kind: "down", failure };
  return { kind: "waiting", failure, tries, until: now + waitSeconds(failure, tries) * 1000 };
}

/** How long to wait after so many failures: what the server asks for, else longer and longer. */
export function waitSeconds(failure: Failure, tries: number): number {
  const asked = failure.kind === "answer" ? failure.retryAfter : undefined;
  return Math.max(1, asked ?? Math.min(30, 2 ** (tries - 1)));
}
