import { busy, type RequestInput } from "@install-summary/core/service";
import type { ServerResponse } from "node:http";
import { callerKey, createShares, type UsedUp } from "../shares/shares.ts";
import type { Limits } from "../settings/settings.ts";

/** What each caller may have of what a server holds for all. */
export interface CallerShares {
  /** Whether all places are taken, so that no request is let in, whoever sends it. */
  isFull(): boolean;
  /** Opens the account of one request, which is closed with its response. */
  open(exchange: ClaimedExchange): RequestAccount;
}

/** A request with its response. */
export interface ClaimedExchange {
  readonly outgoing: ServerResponse;
  /** The key of its caller, once that is known. */
  caller?: string;
}

/** What one request holds of its caller's share. */
export interface RequestAccount {
  /**
   * Counts the request as one of this caller's, or as one that needs no caller. Throws the 503 where the caller, or all requests
   * without one, have half of the places already, and where no place is left.
   */
  readonly claim: NonNullable<RequestInput["claim"]>;
  /** Counts bytes of the body that are kept. Throws the 503 where bodies hold too much. */
  readonly holdBody: (length: number) => void;
}

const mebibyte = 1024 * 1024;
/**
 * What the bodies of one caller's requests in flight may hold, but for those that came in one piece with their head; one body
 * in any case. Those of all callers may hold four times as much.
 */
const maxBodyBytesOfEach = 16 * mebibyte;

/** The key of all requests without a caller, who have one share together. */
export const nobody = "";

/**
 * Makes the shares, of which nothing is taken. A request is one without a caller until its token is read. Where these have
 * their half already, it has no place meanwhile: it may be a caller's, who must not be locked out by them.
 */
export function createCallerShares({
  requests: max,
  batchBytes,
}: Pick<Limits, "requests" | "batchBytes">): CallerShares {
  const requests = createShares({ max, maxOfEach: Math.ceil(max / 2) });
  const maxOfEach = Math.max(maxBodyBytesOfEach, batchBytes);
  const bodies = createShares({ max: 4 * maxOfEach, maxOfEach });
  return {
    isFull: () => requests.isUsedUp(),
    open(exchange) {
      const { outgoing } = exchange;
      let place: string | undefined;
      let held = 0;
      const leave = (): void => {
        if (place !== undefined) requests.add(place, -1);
        place = undefined;
      };
      const take = (key: string): void => {
        leave();
        const usedUp = requests.usedUp(key);
        if (usedUp !== undefined) throw tooManyRequests(usedUp, key);
        requests.add(key, 1);
        place = key;
      };
      if (requests.usedUp(nobody) === undefined) take(nobody);
      outgoing.once("close", () => {
        leave();
        if (exchange.caller !== undefined && held > 0) bodies.add(exchange.caller, -held);
      });
      return {
        claim(caller) {
          // The client went away while its token was verified.
          if (outgoing.destroyed) return;
          const key = caller === undefined ? nobody : callerKey(caller);
          take(key);
          if (key !== nobody) exchange.caller = key;
        },
        holdBody(length) {
          const key = exchange.caller;
          if (key === undefined || outgoing.destroyed) return;
          const usedUp = bodies.usedUp(key);
          if (usedUp !== undefined) throw tooManyBytes(usedUp, maxOfEach);
          held += length;
          bodies.add(key, length);
        },
      };
    },
  };
}

/** The 503 of a request beyond those in flight. */
export function tooManyRequests(usedUp: UsedUp, key = nobody): Error {
  const own = key === nobody ? "requests without a token" : "of your requests";
  const requests = usedUp === "own" ? own : "requests";
  return busy("requests", `Too many ${requests} are in flight. Please retry again later.`, 1);
}

function tooManyBytes(usedUp: UsedUp, maxOfEach: number): Error {
  const bodies = usedUp === "own" ? "of your requests in flight" : "of all requests in flight";
  const size = Math.floor(((usedUp === "own" ? 1 : 4) * maxOfEach) / mebibyte);
  return busy("bodies", `The bodies ${bodies} hold ${size} MiB. Please retry again later.`, 1);
}
