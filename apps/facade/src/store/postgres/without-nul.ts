import {
  compareCodePoints,
  completeOrder,
  parseCursor,
  type AppFilter,
  type AppQuery,
  type Comparison,
  type Operand,
  type TextMatch,
} from "@install-summary/core/service";

/**
 * The same query without the character NUL, which PostgreSQL takes in no text: as no stored text has one, a query can always
 * be said without it. A cursor with a NUL is damaged, and leads to the first page.
 */
export function withoutNul(query: AppQuery): AppQuery {
  const { search = [], filter } = query;
  const isFindable = search.every(({ word }) => !hasNul(word));
  const cleaned = filter && cleanFilter(filter);
  return {
    ...query,
    ...(cleaned !== undefined && { filter: cleaned }),
    ...(!isFindable && { search: [], filter: never }),
    ...(leadsToNul(query) && { cursor: undefined }),
  };
}

function leadsToNul({ cursor, orderBy }: AppQuery): boolean {
  const position = parseCursor(cursor, completeOrder(orderBy)) ?? [];
  return position.some((one) => typeof one === "string" && hasNul(one));
}

/** What a combination of no conditions is. */
const always: AppFilter = { kind: "and", operands: [] };
const never: AppFilter = { kind: "or", operands: [] };
const unknown: AppFilter = { kind: "contains", text: value(null), part: value(null) };

function cleanFilter(filter: AppFilter): AppFilter {
  switch (filter.kind) {
    case "and":
    case "or":
      return { ...filter, operands: filter.operands.map(cleanFilter) };
    case "not":
      return { ...filter, operand: cleanFilter(filter.operand) };
    case "compare":
      return cleanComparison(filter);
    case "contains":
    case "startsWith":
    case "endsWith":
      return cleanMatch(filter);
    case "isOf":
      return cleanTypes(filter.types);
  }
}

/** A stored text is before a text with a NUL where it is up to the part in front of that NUL. */
function cleanComparison(comparison: Comparison): AppFilter {
  const { operator, left, right } = comparison;
  const [one, other] = [nulTextOf(left), nulTextOf(right)];
  if (one === undefined && other === undefined) return comparison;
  if (operator === "eq" || operator === "ne") {
    const isEqual = one !== undefined && one === other;
    return isEqual === (operator === "eq") ? always : never;
  }
  if (left.kind === "value" && right.kind === "value") {
    const difference = compareCodePoints(String(left.value), String(right.value));
    const isTrue = left.value !== null && right.value !== null && holds(operator, difference);
    return isTrue ? always : never;
  }
  if (other !== undefined) {
    const isBefore = operator === "lt" || operator === "le";
    return { ...comparison, operator: isBefore ? "le" : "gt", right: startOf(other) };
  }
  const isBefore = operator === "gt" || operator === "ge";
  return { ...comparison, operator: isBefore ? "ge" : "lt", left: startOf(one ?? "") };
}

function holds(operator: "gt" | "ge" | "lt" | "le", difference: number): boolean {
  if (difference === 0) return operator === "ge" || operator === "le";
  return difference > 0 === (operator === "gt" || operator === "ge");
}

/** What a stored text is a part of has no NUL in it, so each piece between two is looked at by itself. */
function cleanMatch(match: TextMatch): AppFilter {
  const { kind, text, part } = match;
  const [whole, piece] = [nulTextOf(text), nulTextOf(part)];
  if (whole === undefined && piece === undefined) return match;
  if (text.kind === "value" && part.kind === "value") {
    if (text.value === null || part.value === null) return unknown;
    return matches(kind, String(text.value), String(part.value)) ? always : never;
  }
  // Unknown where the text is null.
  if (piece !== undefined) return { kind: "not", operand: { ...match, part: value("") } };
  const pieces = (whole ?? "").split("\0");
  if (kind === "startsWith") return { ...match, text: value(pieces[0] ?? "") };
  if (kind === "endsWith") return { ...match, text: value(pieces.at(-1) ?? "") };
  return { kind: "or", operands: pieces.map((one) => ({ ...match, text: value(one) })) };
}

function matches(kind: TextMatch["kind"], text: string, part: string): boolean {
  switch (kind) {
    case "contains":
      return text.includes(part);
    case "startsWith":
      return text.startsWith(part);
    case "endsWith":
      return text.endsWith(part);
  }
}

function cleanTypes(types: readonly string[]): AppFilter {
  const known = types.filter((type) => !hasNul(type));
  return known.length === 0 ? never : { kind: "isOf", types: known };
}

/** A caller's text with a NUL in it; undefined for every other operand. */
function nulTextOf(operand: Operand): string | undefined {
  if (operand.kind !== "value" || typeof operand.value !== "string") return undefined;
  return hasNul(operand.value) ? operand.value : undefined;
}

/** What a text has in front of its first NUL. */
function startOf(text: string): Operand {
  return value(text.slice(0, text.indexOf("\0")));
}

function value(one: string | null): Operand {
  return { kind: "value", value: one };
}

function hasNul(text: string): boolean {
  return text.includes("\0");
}
