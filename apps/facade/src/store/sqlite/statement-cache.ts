import type { DatabaseSync, StatementSync } from "node:sqlite";

const maxStatements = 100;

/**
 * Statements by their texts, whose rows are arrays of values: each is prepared when it is first used, and the oldest goes
 * where there are too many.
 */
export function createStatementCache(database: DatabaseSync): (sql: string) => StatementSync {
  const prepared = new Map<string, StatementSync>();
  return (sql) => {
    const known = prepared.get(sql);
    if (known !== undefined) return known;
    const [oldest] = prepared.keys();
    if (oldest !== undefined && prepared.size >= maxStatements) prepared.delete(oldest);
    const statement = database.prepare(sql);
    statement.setReturnArrays(true);
    prepared.set(sql, statement);
    return statement;
  };
}
