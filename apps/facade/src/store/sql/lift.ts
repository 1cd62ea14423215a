/** The highest numbers that a store has given out for a tenant. */
export interface TenantNumbers {
  /** The last sequence of its change log. */
  readonly last: number;
  /** The highest version of an app. */
  readonly version: number;
}

/** By how much a restore takes a tenant's numbers up. */
export interface Lift {
  /** Sequences go on after this one. */
  readonly base: number;
  /** Is added to every version. */
  readonly versions: number;
}

/**
 * As many versions an app may have had, and as many changes a tenant, since the backup, where the store is lost that
 * knew how many they were.
 */
const versionStep = 1_000_000;
const sequenceStep = 1_000_000_000;

/**
 * By how much the numbers of a tenant go up when a backup is restored, so that the store never gives one out again that the
 * replaced store, or a lost one, had given out. Between the sequences of the backup and those that follow is a hole, by
 * which a cursor of the replaced store is known.
 */
export function liftOf(kept: TenantNumbers, replaced: TenantNumbers = { last: 0, version: 0 }): Lift {
  return {
    base: Math.max(kept.last, replaced.last) + sequenceStep,
    versions: versionStep * (1 + Math.floor(replaced.version / versionStep)),
  };
}
