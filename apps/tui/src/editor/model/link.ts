import type { Failure } from "../../server/failure.ts";

/** How the server can be reached, as the last reading of the list showed it. */
export type Link = { readonly kind: "connecting" } | { readonly kind: "online" } | BrokenLink;

/** The last reading has failed. */
export type BrokenLink =
  | WaitingLink
  /** Only the person can go on from here. */
  | { readonly kind: "down"; readonly failure: Failure };

/** Trying again by itself at the uptime `until`, or right now; `tries` failed in a row. */
export interface WaitingLink {
  readonly kind: "waiting";
  readonly failure: Failure;
  readonly tries: number;
  readonly until: number | undefined;
}

/** How often a server that fails is asked; one that cannot be reached is asked without end. */
export const maxTries = 5;

/** The link after a failed reading: when to try again, or that trying again makes no sense. */
export function linkAfter(link: Link, failure: Failure, uptime: number): Link {
  const tries = link.kind === "waiting" ? link.tries + 1 : 1;
  const isUnreachable = failure.kind === "noResponse" || failure.kind === "unreachable";
  const isFailing = failure.kind === "response" && failure.class !== "refused";
  if (!isUnreachable && !(isFailing && tries < maxTries)) return { kind: "down", failure };
  return { kind: "waiting", failure, tries, until: uptime + waitSeconds(failure, tries) * 1000 };
}

/** Seconds to wait after a number of failures: what the server asks for, or longer each time. */
export function waitSeconds(failure: Failure, tries: number): number {
  return Math.max(1, failure.retryAfter ?? Math.min(30, 2 ** (tries - 1)));
}
