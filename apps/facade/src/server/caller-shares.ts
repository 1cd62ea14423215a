import { busy, type RequestInput } from "@install-summary/core/service";
import type { ServerResponse } from "node:http";
import { callerKey, createShares, type UsedUp } from "../shares/shares.ts";
import type { Limits } from "../settings/settings.ts";

/** What each caller may have of what a server holds for all. */
export interface CallerShares {
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
  /** Counts the request as one of this caller's. Throws the 503 for a caller who has half of all requests in flight. */
  readonly claim: NonNullable<RequestInput["claim"]>;
  /** Counts bytes of the body that are kept. Throws the 503 where bodies hold too much. */
  readonly holdBody: (length: number) => void;
}

const mebibyte = 1024 * 1024;
/** What the bodies of all requests in flight may hold together, but for those that came in one piece with their head. */
const maxBodyBytes = 64 * mebibyte;
/** What those of one caller may. */
const maxBodyBytesOfEach = 16 * mebibyte;

/** Makes the shares, of which nothing is taken. A request of which no one knows the caller yet has its place among all. */
export function createCallerShares({ requests: max }: Pick<Limits, "requests">): CallerShares {
  const requests = createShares({ max, maxOfEach: Math.ceil(max / 2) });
  const bodies = createShares({ max: maxBodyBytes, maxOfEach: maxBodyBytesOfEach });
  return {
    open(exchange) {
      const { outgoing } = exchange;
      let held = 0;
      return {
        claim(caller) {
          // The client went away while its token was verified.
          if (outgoing.destroyed) return;
          const key = callerKey(caller);
          // What all have together is judged where a request begins.
          if (requests.usedUp(key) === "own") throw tooManyRequests("own");
          exchange.caller = key;
          requests.add(key, 1);
          outgoing.once("close", () => {
            requests.add(key, -1);
            if (held > 0) bodies.add(key, -held);
          });
        },
        holdBody(length) {
          const key = exchange.caller;
          if (key === undefined || outgoing.destroyed) return;
          const usedUp = bodies.usedUp(key);
          if (usedUp !== undefined) throw tooManyBytes(usedUp);
          held += length;
          bodies.add(key, length);
        },
      };
    },
  };
}

/** The 503 of a request beyond those in flight. */
export function tooManyRequests(usedUp: UsedUp): Error {
  const requests = usedUp === "own" ? "of your requests" : "requests";
  return busy("requests", `Too many ${requests} are in flight. Please retry again later.`, 1);
}

function tooManyBytes(usedUp: UsedUp): Error {
  const bodies = usedUp === "own" ? "of your requests in flight" : "of all requests in flight";
  const size = (usedUp === "own" ? maxBodyBytesOfEach : maxBodyBytes) / mebibyte;
  return busy("bodies", `The bodies ${bodies} hold ${size} MiB. Please retry again later.`, 1);
}
