import type { DeletingWrite } from "../sql/write.ts";
import type { Database } from "./database.ts";
import { eraseStep, isGone, removeChanges, type Deleted } from "./delete-statements.ts";
import { isUnheard } from "./postgres-errors.ts";
import { retrying } from "./retrying.ts";
import type { Connection } from "./statement.ts";

/**
 * Commits a deletion, and settles it. It has a transaction of its own: what it deletes may be the changes by which a group of
 * which nothing was heard is looked for.
 */
export async function commitDeletion(database: Database, write: DeletingWrite): Promise<void> {
  const { tenantId } = write;
  if (write.kind === "removal") {
    write.succeed(await commit(database, tenantId, (connection) => removeChanges(connection, write)));
  } else {
    write.succeed(await commit(database, tenantId, (connection) => eraseStep(connection, write)));
  }
}

async function commit<Result>(
  database: Database,
  tenantId: string,
  run: (connection: Connection) => Promise<Deleted<Result>>,
): Promise<Result> {
  let sent: Deleted<Result> | undefined;
  const commitOnce = async (unheard?: Deleted<Result>): Promise<Result> => {
    const { result } = await retrying(() =>
      database.transact(
        async (connection) => {
          if (unheard !== undefined && (await isGone(connection, tenantId, unheard))) return unheard;
          sent = await run(connection);
          return sent;
        },
        { isKept: ({ isChanged }) => isChanged },
      ),
    );
    return result;
  };
  try {
    return await commitOnce();
  } catch (error) {
    if (sent === undefined || !isUnheard(error)) throw error;
    return commitOnce(sent).catch(() => {
      throw error;
    });
  }
}
