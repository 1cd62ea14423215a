import type { SqlValue } from "./row-values.ts";

/** A piece of SQL with the values of its `?`, in order. What a caller sends is only ever among the values. */
export interface SqlText {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

/** SQL from pieces: a text of our own, or a piece with its values. */
export function concatSql(...pieces: readonly (string | SqlText)[]): SqlText {
  const texts = pieces.map((piece) => (typeof piece === "string" ? { sql: piece, values: [] } : piece));
  return { sql: texts.map(({ sql }) => sql).join(""), values: texts.flatMap(({ values }) => values) };
}

/** Pieces with a separator between them. */
export function joinSql(pieces: readonly SqlText[], separator: string): SqlText {
  return concatSql(...pieces.flatMap((piece, index) => (index === 0 ? [piece] : [separator, piece])));
}
