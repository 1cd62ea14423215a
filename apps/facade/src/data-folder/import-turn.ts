import { digestTenant } from "../store/sql/feed.ts";
import type { StoreLocation } from "../store/location.ts";
import { lockFile } from "./lock-file.ts";
import { realPath } from "./take-locks.ts";

/** An import into a tenant of a store. */
export interface ImportPlace {
  readonly store: StoreLocation;
  readonly tenantId: string;
  readonly dryRun?: boolean | undefined;
}

/**
 * Does the work of an import while no other one, of this process or of another, writes to the same tenant of a store's
 * file: the numbers of two reports would mix, row by row. Throws what `taken` makes where another import runs. A dry run
 * writes nothing, and a database has no such turn.
 */
export async function inImportTurn<Result>(
  { store, tenantId, dryRun = false }: ImportPlace,
  taken: () => Error,
  work: () => Promise<Result>,
): Promise<Result> {
  if (dryRun || store.kind !== "sqlite") return work();
  const turn = await lockFile(turnFile(store.file, tenantId), taken);
  try {
    return await work();
  } finally {
    turn.release();
  }
}

/** The file stays, and the tenant may be erased: its id is not in the name. */
function turnFile(store: string, tenantId: string): string {
  return `${realPath(store)}-import-${digestTenant(tenantId).slice(0, 12)}`;
}
