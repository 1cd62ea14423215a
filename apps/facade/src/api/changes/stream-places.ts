import { busy } from "@install-summary/core/service";

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
  const taken = new Map<string, number>();
  let all = 0;
  const maxOfTenant = Math.max(1, Math.ceil(streams / 5));
  return {
    take(tenantId) {
      const ofTenant = taken.get(tenantId) ?? 0;
      if (all >= streams || ofTenant >= maxOfTenant) {
        throw busy("streams", "Too many streams of changes are open. Please retry again later.", 5);
      }
      all += 1;
      taken.set(tenantId, ofTenant + 1);
      let isTaken = true;
      return () => {
        if (!isTaken) return;
        isTaken = false;
        all -= 1;
        const left = (taken.get(tenantId) ?? 1) - 1;
        if (left === 0) taken.delete(tenantId);
        else taken.set(tenantId, left);
      };
    },
  };
}
