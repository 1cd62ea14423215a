import { type Caller, throttled } from "@install-summary/core/service";
import { callerKey } from "../shares/shares.ts";

/** How many requests a caller may make. */
export interface CallerLimits {
  /**
   * So many at once, and further ones evenly, as many in each minute. The first minute may therefore see twice as many.
   * 0 turns the limit off.
   */
  readonly requestsPerMinute: number;
}

/** How the limit is kept. */
export interface CallerLimitOptions {
  /** Milliseconds by a clock that is never set back. */
  readonly now?: () => number;
  /** How many callers are remembered. When there are more, the one that has been away for longest begins anew. */
  readonly remembered?: number;
}

/** Milliseconds of a minute. */
const minute = 60_000;

/** Below what the times of a request are the same, in milliseconds: sums of fractions are not exact. */
const tolerance = 0.001;

/**
 * Makes what counts each request of a caller, who is known by tenant and name, and throws the 429 above the limit.
 * Undefined where the limit is off. For each caller one number is kept: the time at which all of its requests would be
 * used up again. A refused request does not count. Source: the generic cell rate algorithm, ITU-T I.371.
 */
export function limitCallers(
  { requestsPerMinute }: CallerLimits,
  { now = () => performance.now(), remembered = 10_000 }: CallerLimitOptions = {},
): ((caller: Pick<Caller, "tenantId" | "actor">) => void) | undefined {
  if (requestsPerMinute === 0) return undefined;
  const cost = minute / requestsPerMinute;
  const usedUp = new Map<string, number>();
  return (caller) => {
    const key = callerKey(caller);
    const time = now();
    const next = Math.max(usedUp.get(key) ?? 0, time) + cost;
    const tooEarly = next - time - minute;
    if (tooEarly > tolerance) throw throttled("requestsPerMinute", Math.ceil(tooEarly / 1000));
    // Last in the order of the map, whose first entry is that of the caller that has been away for longest.
    usedUp.delete(key);
    const [oldest] = usedUp.keys();
    if (usedUp.size >= remembered && oldest !== undefined) usedUp.delete(oldest);
    usedUp.set(key, next);
  };
}
