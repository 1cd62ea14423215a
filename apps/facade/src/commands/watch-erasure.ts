import type { ImportingTenantStore } from "../open-store.ts";
import { byId } from "./by-id.ts";

type Watched = Pick<ImportingTenantStore, "readLastSequence" | "readChanges" | "listApps" | "readApp">;

/**
 * Returns what tells whether a tenant that a store lists has been erased since, in part or as a whole. One that is listed
 * without an app counts as erased: an erasure removes its apps first, in the order of their ids, and its place in the list
 * last. It gives its end a number in the log. That changes are gone tells nothing: retention removes them too.
 */
export async function watchErasure(tenant: Watched): Promise<() => Promise<boolean>> {
  const { apps } = await tenant.listApps({ top: 1, orderBy: byId });
  const last = await tenant.readLastSequence();
  const [first] = apps;
  if (first === undefined) return async () => true;
  return async () => {
    if ((await tenant.readApp(first.id)) === undefined) return true;
    // Apps may have come again since: after an erasure to its end, or after one that was stopped.
    const { hasGap } = await tenant.readChanges({ order: "asc", after: last, top: 1 });
    return hasGap || (await hasComeAgain(first.id));
  };

  /** Whether the first change of an app since then has made it. */
  async function hasComeAgain(appId: string): Promise<boolean> {
    const { changes } = await tenant.readChanges({ order: "asc", after: last, top: 1, appId });
    return changes.some(({ before }) => Object.keys(before).length === 0);
  }
}
