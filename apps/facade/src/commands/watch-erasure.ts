import type { ImportingTenantStore } from "../open-store.ts";

type Watched = Pick<ImportingTenantStore, "readLastSequence" | "readChanges" | "listApps">;

/**
 * Returns what tells whether a tenant has been erased since, in part or as a whole. An erasure removes the changes first,
 * and the apps after the last of them, step by step: what reads apps meanwhile finds fewer of them.
 */
export async function watchErasure(tenant: Watched): Promise<() => Promise<boolean>> {
  const last = await tenant.readLastSequence();
  const isRemoved = async (sequence: number): Promise<boolean> => {
    const { hasGap } = await tenant.readChanges({ order: "asc", after: sequence - 1, top: 1 });
    return hasGap;
  };
  const countApps = async (): Promise<number> => {
    const { count = 0 } = await tenant.listApps({ top: 1, count: true });
    return count;
  };
  if (last === 0) return async () => false;
  if (!(await isRemoved(last))) return () => isRemoved(last);
  // Retention has removed the whole log, and only the end of an erasure would be seen in it.
  const before = await countApps();
  return async () => (await isRemoved(last + 1)) || (await countApps()) < before;
}
