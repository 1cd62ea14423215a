import type { AppFilter, ComparisonOperator } from "../../store/app-filter.ts";
import { asciiLowerCase, isSameName } from "../../text/ascii-case.ts";
import { visibleText } from "../../text/visible-text.ts";
import { openClause, type ClauseReader } from "./clause-reader.ts";
import { comparisonOf } from "./compare-operands.ts";
import { parseLiteral, parseOperand } from "./parse-operand.ts";
import { parseTypes } from "./parse-types.ts";
import type { Token } from "./tokens.ts";

/**
 * Parses a `$filter` of mobile apps. Names, operators and functions compare without case. Throws `GraphError` 400 that
 * says what is wrong and where. Source: OData URL Conventions 4.01 §5.1.1.
 */
export function parseFilter(text: string): AppFilter {
  const reader = openClause("filter", text);
  const filter = parseOr(reader);
  if (reader.peek().kind !== "end") throw reader.unexpected("'and', 'or' or the end");
  return filter;
}

function parseOr(reader: ClauseReader): AppFilter {
  return parseChain(reader, "or", parseAnd);
}

function parseAnd(reader: ClauseReader): AppFilter {
  return parseChain(reader, "and", parseNot);
}

function parseChain(
  reader: ClauseReader,
  kind: "and" | "or",
  parse: (reader: ClauseReader) => AppFilter,
): AppFilter {
  const first = parse(reader);
  const operands = [first];
  while (reader.takes(kind)) operands.push(parse(reader));
  return operands.length === 1 ? first : { kind, operands };
}

function parseNot(reader: ClauseReader): AppFilter {
  reader.countPart();
  if (reader.takes("not")) return { kind: "not", operand: parseNot(reader) };
  if (!reader.takes("(")) return parseCondition(reader);
  const inside = parseOr(reader);
  reader.expect(")");
  return inside;
}

function parseCondition(reader: ClauseReader): AppFilter {
  const parse = reader.isCall() ? functions.get(asciiLowerCase(reader.peek().text)) : undefined;
  if (parse === undefined) return parseComparison(reader);
  const name = reader.next();
  reader.expect("(");
  const condition = parse(reader, name);
  reader.expect(")");
  return parseEqualsFlag(reader, condition);
}

/** `startswith(displayName,'a') eq true`, as many scripts write it, is the function alone. */
function parseEqualsFlag(reader: ClauseReader, condition: AppFilter): AppFilter {
  const operator = ["eq", "ne"].find((one) => reader.takes(one));
  if (operator === undefined) return condition;
  const { operand, type, token } = parseLiteral(reader);
  if (type !== "boolean" || operand.kind !== "value") throw reader.fail("true or false is expected", token);
  const isKept = (operator === "eq") === (operand.value === 1);
  return isKept ? condition : { kind: "not", operand: condition };
}

const functions: ReadonlyMap<string, (reader: ClauseReader, name: Token) => AppFilter> = new Map([
  ["contains", parseMatch("contains")],
  ["startswith", parseMatch("startsWith")],
  ["endswith", parseMatch("endsWith")],
  ["isof", parseTypes],
]);

function parseMatch(kind: "contains" | "startsWith" | "endsWith") {
  return (reader: ClauseReader, name: Token): AppFilter => {
    const text = parseOperand(reader);
    reader.expect(",");
    const part = parseOperand(reader);
    const other = [text, part].find(({ type }) => type !== "text" && type !== "null");
    if (other !== undefined) throw reader.fail(`${asciiLowerCase(name.text)} takes texts`, other.token);
    return { kind, text: text.operand, part: part.operand };
  };
}

const operators: readonly ComparisonOperator[] = ["eq", "ne", "gt", "ge", "lt", "le"];

function parseComparison(reader: ClauseReader): AppFilter {
  const left = parseOperand(reader);
  const token = reader.peek();
  const operator = token.kind === "word" ? operators.find((one) => isSameName(token.text, one)) : undefined;
  if (operator !== undefined) {
    reader.next();
    return comparisonOf(reader, left, operator, parseOperand(reader));
  }
  if (reader.takes("in")) return parseList(reader, left);
  if (left.type === "boolean" && left.operand.kind !== "value") {
    return { kind: "compare", operator: "eq", left: left.operand, right: { kind: "value", value: 1 } };
  }
  if (token.kind === "word" && token.text !== "") {
    throw reader.fail(
      `Unknown operator '${visibleText(token.text, 64)}'`,
      token,
      "Use eq, ne, gt, ge, lt, le or in.",
    );
  }
  throw reader.unexpected("An operator such as 'eq'");
}

function parseList(reader: ClauseReader, left: ReturnType<typeof parseOperand>): AppFilter {
  reader.expect("(");
  const operands: AppFilter[] = [];
  do {
    reader.countPart();
    operands.push(comparisonOf(reader, left, "eq", parseLiteral(reader)));
  } while (reader.takes(","));
  reader.expect(")");
  return { kind: "or", operands };
}
