// The process that has SQLite read every page of a file, which is one call that takes minutes where a store is large.
// Started by check-pages.ts with the path of the file.
import { isImmutable, openExistingDatabase } from "../../files/existing-database.ts";
import { readFaults } from "./read-faults.ts";

/** What the check has found: a sentence for each fault, or the error of SQLite that ended it. */
export type IntegrityResult =
  | { readonly faults: readonly string[] }
  | { readonly message: string; readonly errcode: number };

const [, , path = ""] = process.argv;

process.send?.(check(path), () => process.disconnect());

function check(file: string): IntegrityResult {
  try {
    const immutable = isImmutable(file);
    using database = openExistingDatabase(file, { readOnly: true, timeout: 5000 }, { immutable });
    return { faults: readFaults(database) };
  } catch (error) {
    const errcode = error instanceof Error && "errcode" in error ? Number(error.errcode) : 0;
    return { message: error instanceof Error ? error.message : String(error), errcode };
  }
}
