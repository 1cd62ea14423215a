import type { AppFilter, Comparison, Operand, TextMatch } from "../app-filter.ts";
import { comparableValue, type ComparableApp } from "../comparable-value.ts";
import { compareValues } from "../position.ts";

type Truth = boolean | "unknown";

/** Whether an app matches a filter: the definition of what every adapter compiles a filter to. */
export function matchesFilter(app: ComparableApp, filter: AppFilter): boolean {
  return evaluate(app, filter) === true;
}

function evaluate(app: ComparableApp, filter: AppFilter): Truth {
  switch (filter.kind) {
    case "and":
      return combine(app, filter.operands, false);
    case "or":
      return combine(app, filter.operands, true);
    case "not": {
      const truth = evaluate(app, filter.operand);
      return truth === "unknown" ? truth : !truth;
    }
    case "compare":
      return compare(app, filter);
    case "isOf":
      return filter.types.includes(app.app["@odata.type"]);
    case "contains":
    case "startsWith":
    case "endsWith":
      return matchText(app, filter);
  }
}

/** One operand that is `decisive` decides, whatever the others are; else one that is unknown makes all of it unknown. */
function combine(app: ComparableApp, operands: readonly AppFilter[], decisive: boolean): Truth {
  const truths = operands.map((operand) => evaluate(app, operand));
  if (truths.includes(decisive)) return decisive;
  return truths.includes("unknown") ? "unknown" : !decisive;
}

function compare(app: ComparableApp, { operator, left, right }: Comparison): boolean {
  const [one, other] = [valueOf(app, left), valueOf(app, right)];
  if (operator === "eq") return one === other;
  if (operator === "ne") return one !== other;
  if (one === null || other === null) return false;
  const difference = compareValues(one, other);
  switch (operator) {
    case "gt":
      return difference > 0;
    case "ge":
      return difference >= 0;
    case "lt":
      return difference < 0;
    case "le":
      return difference <= 0;
  }
}

function matchText(app: ComparableApp, { kind, text, part }: TextMatch): Truth {
  const [whole, piece] = [valueOf(app, text), valueOf(app, part)];
  if (whole === null || piece === null) return "unknown";
  switch (kind) {
    case "contains":
      return String(whole).includes(String(piece));
    case "startsWith":
      return String(whole).startsWith(String(piece));
    case "endsWith":
      return String(whole).endsWith(String(piece));
  }
}

function valueOf(app: ComparableApp, operand: Operand): string | number | null {
  return operand.kind === "value" ? operand.value : comparableValue(app, operand);
}
