import type { AppPropertyName } from "../graph/model/edm-properties.ts";
import type { CounterName } from "../resource/counters.ts";

/**
 * A condition on an app, as a store evaluates it. It is true, false or unknown, as in SQL: what a null holds is
 * unknown, and `not` leaves unknown as it is. An app matches where the condition is true. Source: OData URL
 * Conventions 4.01 §5.1.1.
 */
export type AppFilter =
  | { readonly kind: "and" | "or"; readonly operands: readonly AppFilter[] }
  | { readonly kind: "not"; readonly operand: AppFilter }
  | Comparison
  | TextMatch
  /** Whether the app's type is one of these, such as `#microsoft.graph.win32LobApp`. */
  | { readonly kind: "isOf"; readonly types: readonly string[] };

/** Two values side by side. With null only `eq` and `ne` can be true, and none of them is ever unknown. */
export interface Comparison {
  readonly kind: "compare";
  readonly operator: ComparisonOperator;
  readonly left: Operand;
  readonly right: Operand;
}

/** How two values compare. */
export type ComparisonOperator = "eq" | "ne" | "gt" | "ge" | "lt" | "le";

/** Whether a text holds another one, at any place, at its start or at its end. Unknown where one of them is null. */
export interface TextMatch {
  readonly kind: "contains" | "startsWith" | "endsWith";
  readonly text: Operand;
  readonly part: Operand;
}

/** A value of the app, of its summary, or of the caller. */
export type Operand = AppPath | { readonly kind: "value"; readonly value: ComparableValue };

/** A property of an app, or a counter of its summary. */
export type AppPath =
  | { readonly kind: "property"; readonly name: AppPropertyName }
  | { readonly kind: "counter"; readonly name: CounterName };

/** A value as it compares: a text by its text key, a time by its time key, a flag as 0 or 1. */
export type ComparableValue = string | number | null;

/** One key of an order. A text that is null counts as an empty one. */
export interface AppOrder {
  readonly path: AppPath;
  readonly descending: boolean;
}
