import { exitCodes, UserError } from "@install-summary/command-line/errors";
import { findCopies } from "../store/sqlite/keep-copy.ts";

/** The copies of a store that a tenant was erased from. Throws `UserError` where its folder cannot be read. */
export function copiesOf(file: string): readonly string[] {
  try {
    return findCopies(file);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(
      `${error.message} The tenant is erased. Copies of the store that are kept beside it still hold what they held: look for them there.`,
      { exit: exitCodes.unavailable, cause: error },
    );
  }
}
