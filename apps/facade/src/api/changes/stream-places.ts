import { busy } from "@install-summary/core/service";
import { createShares, type UsedUp } from "../../shares/shares.ts";

/** How many streams may be open. */
export interface StreamLimits {
  /** The maximum number of all tenants together. A fifth of it is the maximum of each tenant. */
  readonly streams: number;
  /** Seconds after which a connection on which nothing is sent is cut. */
  readonly responseSeconds: number;
}

/** The places that open streams take. */
export interface StreamPlaces {
  /** Takes a place and returns what gives it back. Throws the 503 where all are taken. */
  take(tenantId: string): () => void;
}

/** Creates the places, all of them free. */
export function createStreamPlaces({ streams }: StreamLimits): StreamPlaces {
  const shares = createShares({ max: streams, maxOfEach: Math.ceil(streams / 5) });
  return {
    take(tenantId) {
      const usedUp = shares.usedUp(tenantId);
      if (usedUp !== undefined) throw tooMany(usedUp);
      shares.add(tenantId, 1);
      let isTaken = true;
      return () => {
        if (!isTaken) return;
        isTaken = false;
        shares.add(tenantId, -1);
      };
    },
  };
}

function tooMany(usedUp: UsedUp): Error {
  const streams = usedUp === "own" ? "streams of changes of your tenant" : "streams of changes";
  return busy("streams", `Too many ${streams} are open. Please retry again later.`, 5);
}
