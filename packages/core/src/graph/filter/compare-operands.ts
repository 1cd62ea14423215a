import type { AppFilter, ComparisonOperator } from "../../store/app-filter.ts";
import { textKey } from "../../store/text-key.ts";
import { visibleText } from "../../text/visible-text.ts";
import type { ClauseReader } from "./clause-reader.ts";
import type { TypedOperand } from "./parse-operand.ts";

/**
 * Compares two operands. Throws `GraphError` 400 where their types differ, null is compared by size, or a text is not a
 * member of the enumeration that it is compared with.
 */
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
    const why = `${quoted(left)} is a ${left.type}, and ${quoted(right)} is a ${right.type}`;
    throw reader.fail(why, right.token, helpWith(left, right));
  }
  checkMember(reader, left, right);
  checkMember(reader, right, left);
  return { kind: "compare", operator, left: left.operand, right: right.operand };
}

/** A misspelt member would match no app, and its absence would read as a result. */
function checkMember(reader: ClauseReader, { members, token: path }: TypedOperand, text: TypedOperand): void {
  if (members === undefined || text.token.kind !== "text") return;
  if (members.some((member) => textKey(member) === textKey(text.token.text))) return;
  const why = `the text ${quoted(text)} is not a value of '${path.text}'`;
  throw reader.fail(why, text.token, `Its values are ${members.map((member) => `'${member}'`).join(", ")}.`);
}

function quoted({ token }: TypedOperand): string {
  return `'${visibleText(token.text, 64)}'`;
}

function helpWith(left: TypedOperand, right: TypedOperand): string | undefined {
  const hasText = left.type === "text" || right.type === "text";
  return hasText ? "A text is written in quotes, every other value without." : undefined;
}
