import type { AppFilter, ComparisonOperator } from "../../store/app-filter.ts";
import { visibleText } from "../../text/visible-text.ts";
import type { ClauseReader } from "./clause-reader.ts";
import type { TypedOperand } from "./parse-operand.ts";

/** Compares two operands. Throws `GraphError` 400 where their types differ, or null is compared by size. */
export function comparisonOf(
  reader: ClauseReader,
  left: TypedOperand,
  operator: ComparisonOperator,
  right: TypedOperand,
): AppFilter {
  const hasNull = left.type === "null" || right.type === "null";
  if (hasNull && operator !== "eq" && operator !== "ne") {
    throw reader.fail(`null is compared by '${operator}'`, right.token, "With null there are eq and ne.");
  }
  if (!hasNull && left.type !== right.type) {
    const why = `${nameOf(left)} is a ${left.type}, and ${nameOf(right)} a ${right.type}`;
    throw reader.fail(why, right.token, helpWith(left, right));
  }
  return { kind: "compare", operator, left: left.operand, right: right.operand };
}

function nameOf({ token: { text, kind } }: TypedOperand): string {
  const shown = visibleText(text, 64);
  return kind === "text" ? `the text '${shown}'` : `'${shown}'`;
}

function helpWith(left: TypedOperand, right: TypedOperand): string | undefined {
  const hasText = left.type === "text" || right.type === "text";
  return hasText ? "A text is written in quotes, every other value without." : undefined;
}
