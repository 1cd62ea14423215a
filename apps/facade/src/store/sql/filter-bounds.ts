import type { AppFilter, AppPropertyName, Operand } from "@install-summary/core/service";
import type { Dialect } from "./dialect.ts";
import { concatSql, joinSql, type SqlText } from "./sql-text.ts";

/** What an index narrows a filter to: a condition that every match fulfils, on one column that has an index. */
export type FilterBound =
  /** Few apps: those of some ids, or of some names. */
  | { readonly isNarrow: true; readonly by: "id" | "name"; readonly values: readonly string[] }
  /** The names between two texts, the second one left out. */
  | {
      readonly isNarrow: false;
      readonly by: "name";
      readonly start: string;
      readonly end: string | undefined;
    };

/** The best bound of a filter: by ids, else by names, else by the start of a name. Undefined where there is none. */
export function findBound(filter: AppFilter): FilterBound | undefined {
  const conditions = filter.kind === "and" ? filter.operands : [filter];
  const find = (bound: (one: AppFilter) => FilterBound | undefined): FilterBound | undefined =>
    conditions.map(bound).find((one) => one !== undefined);
  return find(boundBy("id")) ?? find(boundBy("name")) ?? find(boundByStart);
}

/** The condition that a bound is. */
export function boundSql(dialect: Dialect, bound: FilterBound): SqlText {
  const condition = conditionOf(dialect, bound);
  return bound.by === "name" ? dialect.nameBound(condition) : condition;
}

function conditionOf(dialect: Dialect, bound: FilterBound): SqlText {
  const column = columns[bound.by];
  if (bound.isNarrow) {
    return concatSql(`${column} IN (`, joinSql(bound.values.map(dialect.value), ", "), ")");
  }
  const upTo = bound.end === undefined ? [] : [` AND ${column} < `, dialect.value(bound.end)];
  return concatSql(`${column} >= `, dialect.value(bound.start), ...upTo);
}

const columns = { id: "m.id", name: "m.name_key" } as const;
const names = { id: "id", name: "displayName" } as const;

function boundBy(by: FilterBound["by"]): (filter: AppFilter) => FilterBound | undefined {
  return (filter) => {
    const conditions = filter.kind === "or" ? filter.operands : [filter];
    const values = conditions.map((one) => equalTo(one, names[by])).filter((value) => value !== undefined);
    if (values.length < conditions.length || values.length === 0) return undefined;
    return { isNarrow: true, by, values };
  };
}

/** The text that a filter demands of a property. An empty one has the key of null, and is left to the filter. */
function equalTo(filter: AppFilter, name: AppPropertyName): string | undefined {
  if (filter.kind !== "compare" || filter.operator !== "eq") return undefined;
  const { left, right } = filter;
  if (isProperty(left, name)) return textOf(right);
  return isProperty(right, name) ? textOf(left) : undefined;
}

function boundByStart(filter: AppFilter): FilterBound | undefined {
  if (filter.kind !== "startsWith" || !isProperty(filter.text, "displayName")) return undefined;
  const start = textOf(filter.part);
  if (start === undefined) return undefined;
  return { isNarrow: false, by: "name", start, end: textAfter(start) };
}

/** The first text behind all that begin like this one, in the order of code points; undefined where there is none. */
function textAfter(start: string): string | undefined {
  const codePoints = Array.from(start, (character) => character.codePointAt(0) ?? 0);
  while (codePoints.at(-1) === 0x10ffff) codePoints.pop();
  const last = codePoints.pop();
  if (last === undefined) return undefined;
  // Surrogates are no characters.
  return String.fromCodePoint(...codePoints, last === 0xd7ff ? 0xe000 : last + 1);
}

function isProperty(operand: Operand, name: AppPropertyName): boolean {
  return operand.kind === "property" && operand.name === name;
}

function textOf(operand: Operand): string | undefined {
  if (operand.kind !== "value" || typeof operand.value !== "string") return undefined;
  return operand.value === "" ? undefined : operand.value;
}
