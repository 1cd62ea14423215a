import {
  textKey,
  type AppFilter,
  type Comparison,
  type Operand,
  type TextMatch,
} from "@install-summary/core/service";
import type { DatabaseSync } from "node:sqlite";
import { pathSql } from "./path-sql.ts";
import { concatSql, joinSql, valueSql, type SqlText } from "./sql-text.ts";

/** Gives a connection the function that makes text keys, for the texts whose keys are not stored. */
export function addTextKey(database: DatabaseSync): void {
  database.function("text_key", { deterministic: true }, (text) =>
    typeof text === "string" ? textKey(text) : null,
  );
}

/**
 * Compiles a filter to a condition on the tables `m` of apps and `s` of summaries. It is 1, 0 or, where the filter is
 * unknown, null.
 */
export function filterSql(filter: AppFilter): SqlText {
  switch (filter.kind) {
    case "and":
    case "or":
      return combinedSql(filter);
    case "not":
      return concatSql("NOT (", filterSql(filter.operand), ")");
    case "compare":
      return comparisonSql(filter);
    case "isOf":
      return concatSql("m.odata_type IN (", joinSql(filter.types.map(valueSql), ", "), ")");
    case "contains":
    case "startsWith":
    case "endsWith":
      return textMatchSql(filter);
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

function combinedSql({ kind, operands }: Extract<AppFilter, { kind: "and" | "or" }>): SqlText {
  if (operands.length === 0) return concatSql(kind === "and" ? "1" : "0");
  const pieces = operands.map((operand) => concatSql("(", filterSql(operand), ")"));
  return joinSql(pieces, kind === "and" ? " AND " : " OR ");
}

const sqlOperators = { gt: ">", ge: ">=", lt: "<", le: "<=" } as const;

function comparisonSql({ operator, left, right }: Comparison): SqlText {
  const [one, other] = [operandSql(left), operandSql(right)];
  if (operator === "eq") return concatSql(one, " IS ", other);
  if (operator === "ne") return concatSql(one, " IS NOT ", other);
  return concatSql("coalesce(", one, ` ${sqlOperators[operator]} `, other, ", 0)");
}

/** Functions of texts stop at a NUL, which a caller's text can hold; those of bytes do not, and see no empty text. */
function textMatchSql({ kind, text, part }: TextMatch): SqlText {
  const [whole, piece] = [operandSql(text), operandSql(part)];
  switch (kind) {
    case "contains":
      return concatSql("instr(", whole, ", ", piece, ") > 0");
    case "startsWith":
      return concatSql("instr(", whole, ", ", piece, ") = 1");
    case "endsWith": {
      const [bytes, end] = [concatSql("CAST(", whole, " AS BLOB)"), concatSql("CAST(", piece, " AS BLOB)")];
      const isLonger = concatSql("length(", bytes, ") > length(", end, ")");
      const lastBytes = concatSql("substr(", bytes, ", length(", bytes, ") - length(", end, ") + 1)");
      return concatSql("iif(", isLonger, ", ", lastBytes, ", ", bytes, ") = ", end);
    }
  }
}

function operandSql(operand: Operand): SqlText {
  return operand.kind === "value" ? valueSql(operand.value) : concatSql(pathSql(operand));
}
