import type { SqlRow, SqlValue } from "../sql/row-values.ts";

/** A statement with a constant text. Where statements are prepared, a connection prepares it once, under its name. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

/** A value that is sent with a statement. An array is a column of rows. */
export type StatementValue = SqlValue | readonly SqlValue[];

/** What a statement came to. */
export interface StatementResult {
  readonly rows: readonly SqlRow[];
  /** How many rows it read or wrote. */
  readonly count: number;
}

/** Runs a statement. Throws the server's `DatabaseError`, or `ConnectionLost`. */
export type RunStatement = (
  statement: Statement,
  values?: readonly StatementValue[],
) => Promise<StatementResult>;

/** Runs statements on one connection, one after the other. */
export interface Connection {
  readonly run: RunStatement;
}

/** A connection in a transaction. */
export interface TransactionConnection extends Connection {
  /** Runs a statement that takes lines from its sender: `COPY … FROM STDIN`. Throws as `run` does. */
  readonly copy: (statement: Statement, lines: string) => Promise<void>;
}
