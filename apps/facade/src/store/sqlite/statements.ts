import type { DatabaseSync } from "node:sqlite";
import { prepareDeletes, type DeleteStatements } from "./delete-statements.ts";
import { prepareFew, type ReadFew } from "./few-apps.ts";
import { preparePages, type ReadPage } from "./list-apps.ts";
import { prepareChanges, type ReadChanges } from "./read-changes.ts";
import { prepareReads, type ReadStatements } from "./read-statements.ts";
import { prepareWrites, type WriteStatements } from "./write-statements.ts";

/** All statements of a connection. */
export interface Statements {
  readonly reads: ReadStatements;
  readonly writes: WriteStatements;
  readonly deletes: DeleteStatements;
  readonly readPage: ReadPage;
  readonly readFew: ReadFew;
  readonly readChanges: ReadChanges;
}

/** Prepares all statements. Throws an error of SQLite that is damage where another program has changed the tables. */
export function prepareStatements(database: DatabaseSync): Statements {
  const readPage = preparePages(database);
  return {
    reads: prepareReads(database),
    writes: prepareWrites(database),
    deletes: prepareDeletes(database),
    readPage,
    readFew: prepareFew(database, readPage),
    readChanges: prepareChanges(database).readChanges,
  };
}
