import { digestTenant } from "../store/sql/feed.ts";
import type { StoreLocation } from "../store/location.ts";
import { importLockName } from "../files/store-files.ts";
import { lockFile, type Lock } from "./lock-file.ts";
import { realPath } from "../files/look.ts";

/** An import into a tenant of a store. */
export interface ImportPlace {
  readonly store: StoreLocation;
  readonly tenantId: string;
  readonly dryRun?: boolean | undefined;
}

/** The errors of a turn that cannot be had, as their receiver has them. */
export interface TurnFaults {
  /** The error where another import runs. */
  readonly taken: () => Error;
  /** What a fault of the lock is thrown as; by default as it is, a `UserError`. */
  readonly fault?: (error: unknown) => unknown;
}

/**
 * Does the work of an import while no other one, of this process or of another, writes to the same tenant of a store's
 * file: the numbers of two reports would mix, row by row. Throws what `taken` makes where another import runs. A dry run
 * writes nothing, and a database has no such turn.
 */
export async function inImportTurn<Result>(
  { store, tenantId, dryRun = false }: ImportPlace,
  { taken, fault = (error) => error }: TurnFaults,
  work: () => Promise<Result>,
): Promise<Result> {
  if (dryRun || store.kind !== "sqlite") return work();
  const turn = await takeTurn(store.file, tenantId, taken).catch((error: unknown) => {
    throw fault(error);
  });
  try {
    return await work();
  } finally {
    turn.release();
  }
}

async function takeTurn(store: string, tenantId: string, taken: () => Error): Promise<Lock> {
  return lockFile(turnFile(store, tenantId), taken);
}

/** The file stays, and the tenant may be erased: its id is not in the name. */
function turnFile(store: string, tenantId: string): string {
  return importLockName(realPath(store), digestTenant(tenantId).slice(0, 12));
}
