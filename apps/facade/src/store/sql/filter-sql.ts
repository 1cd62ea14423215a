import type { AppFilter, Comparison, Operand, TextMatch } from "@install-summary/core/service";
import type { Dialect } from "./dialect.ts";
import { pathSql } from "./path-sql.ts";
import { concatSql, joinSql, type SqlText } from "./sql-text.ts";

/**
 * Compiles a filter to a condition on the tables `m` of apps and `s` of summaries. It is true, false or, where the filter
 * is unknown, null.
 */
export function filterSql(dialect: Dialect, filter: AppFilter): SqlText {
  switch (filter.kind) {
    case "and":
    case "or":
      return combinedSql(dialect, filter);
    case "not":
      return concatSql("NOT (", filterSql(dialect, filter.operand), ")");
    case "compare":
      return comparisonSql(dialect, filter);
    case "isOf":
      return concatSql("m.odata_type IN (", joinSql(filter.types.map(dialect.value), ", "), ")");
    case "contains":
    case "startsWith":
    case "endsWith":
      return textMatchSql(dialect, filter);
  }
}

/** Whether a filter reads the summary. */
export function filterReadsSummary(filter: AppFilter): boolean {
  switch (filter.kind) {
    case "and":
    case "or":
      return filter.operands.some(filterReadsSummary);
    case "not":
      return filterReadsSummary(filter.operand);
    case "compare":
      return filter.left.kind === "counter" || filter.right.kind === "counter";
    case "isOf":
    case "contains":
    case "startsWith":
    case "endsWith":
      return false;
  }
}

function combinedSql(
  dialect: Dialect,
  { kind, operands }: Extract<AppFilter, { kind: "and" | "or" }>,
): SqlText {
  if (operands.length === 0) return concatSql(kind === "and" ? "TRUE" : "FALSE");
  const pieces = operands.map((operand) => concatSql("(", filterSql(dialect, operand), ")"));
  return joinSql(pieces, kind === "and" ? " AND " : " OR ");
}

const sqlOperators = { gt: ">", ge: ">=", lt: "<", le: "<=" } as const;

function comparisonSql(dialect: Dialect, { operator, left, right }: Comparison): SqlText {
  const [one, other] = [operandSql(dialect, left), operandSql(dialect, right)];
  if (operator === "eq") return concatSql(one, " IS NOT DISTINCT FROM ", other);
  if (operator === "ne") return concatSql(one, " IS DISTINCT FROM ", other);
  return concatSql("coalesce(", one, ` ${sqlOperators[operator]} `, other, ", FALSE)");
}

function textMatchSql(dialect: Dialect, { kind, text, part }: TextMatch): SqlText {
  const [whole, piece] = [operandSql(dialect, text), operandSql(dialect, part)];
  switch (kind) {
    case "contains":
      return concatSql(dialect.positionOf(piece, whole), " > 0");
    case "startsWith":
      return concatSql(dialect.positionOf(piece, whole), " = 1");
    case "endsWith":
      return dialect.endsWith(whole, piece);
  }
}

function operandSql(dialect: Dialect, operand: Operand): SqlText {
  return operand.kind === "value" ? dialect.value(operand.value) : concatSql(pathSql(dialect, operand));
}
