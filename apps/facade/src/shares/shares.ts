import type { StoreSession } from "@install-summary/core/service";

/** What is used up where someone wants more: their own share, or all of it. */
export type UsedUp = "own" | "all";

/** Counts what many take of one thing, of which each of them has only a share. */
export interface Shares {
  /** What is used up, so that someone gets no more; undefined where they may take more. */
  usedUp(key: string): UsedUp | undefined;
  /** Whether nothing is left for anyone. */
  isUsedUp(): boolean;
  /** Counts what someone takes, or gives back where it is negative. */
  add(key: string, count: number): void;
}

/** How much there is. */
export interface ShareLimits {
  /** What all have together. */
  readonly max: number;
  /** What each of them may have of it. */
  readonly maxOfEach: number;
}

/** Makes shares of which nothing is taken. */
export function createShares({ max, maxOfEach }: ShareLimits): Shares {
  const taken = new Map<string, number>();
  let all = 0;
  const ownOf = (key: string): number => taken.get(key) ?? 0;
  return {
    usedUp(key) {
      if (ownOf(key) >= maxOfEach) return "own";
      return all >= max ? "all" : undefined;
    },
    isUsedUp: () => all >= max,
    add(key, count) {
      all += count;
      const own = ownOf(key) + count;
      if (own === 0) taken.delete(key);
      else taken.set(key, own);
    },
  };
}

/** The key of a caller, known by tenant and name. */
export function callerKey({ tenantId, actor }: Pick<StoreSession, "tenantId" | "actor">): string {
  return `${tenantId} ${actor}`;
}
