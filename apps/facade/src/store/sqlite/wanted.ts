import type { DatabaseSync } from "node:sqlite";

/** A condition that is true as long as the result of a scan is waited for. SQLite asks it for each row. */
export const wanted = "is_wanted()";

/** Gives a connection the function that `wanted` calls. It throws, and so ends the scan, once `isWanted` says no. */
export function addWanted(database: DatabaseSync, isWanted: () => boolean = () => true): void {
  database.function("is_wanted", () => {
    if (isWanted()) return 1;
    throw stopped();
  });
}

/** The error that ends a scan. */
export function stopped(): Error {
  return new Error("the scan was stopped, since its caller has gone");
}
