import type { AppFilter, AppPropertyName, Operand } from "@install-summary/core/service";
import { concatSql, joinSql, valueSql, type SqlText } from "./sql-text.ts";

/** What an index narrows a filter to: a condition that every match fulfils, on one column that has an index. */
export interface FilterBound {
  readonly condition: SqlText;
  readonly by: "id" | "name";
  /** Whether it leaves few apps: those of some ids, or of some names. */
  readonly isNarrow: boolean;
}

/** The best bound of a filter: by ids, else by names, else by the start of a name. Undefined where there is none. */
export function findBound(filter: AppFilter): FilterBound | undefined {
  const conditions = filter.kind === "and" ? filter.operands : [filter];
  const find = (bound: (one: AppFilter) => FilterBound | undefined): FilterBound | undefined =>
    conditions.map(bound).find((one) => one !== undefined);
  return find(boundBy("id")) ?? find(boundBy("name")) ?? find(boundByStart);
}

const columns = {
  id: { name: "id", column: "m.id" },
  name: { name: "displayName", column: "m.name_key" },
} as const;

function boundBy(by: FilterBound["by"]): (filter: AppFilter) => FilterBound | undefined {
  const { name, column } = columns[by];
  return (filter) => {
    const conditions = filter.kind === "or" ? filter.operands : [filter];
    const values = conditions.map((one) => equalTo(one, name)).filter((value) => value !== undefined);
    if (values.length < conditions.length || values.length === 0) return undefined;
    return {
      condition: concatSql(`${column} IN (`, joinSql(values.map(valueSql), ", "), ")"),
      by,
      isNarrow: true,
    };
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
  const end = textAfter(start);
  const upTo = end === undefined ? [] : [" AND m.name_key < ", valueSql(end)];
  return { condition: concatSql("m.name_key >= ", valueSql(start), ...upTo), by: "name", isNarrow: false };
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
